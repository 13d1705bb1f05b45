package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.core.Core;
import hakube.core.CoreOptions;
import hakube.store.AppManifest;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Store, availability, installation and the list of installed apps say the same of one app. */
@AppHouse.Served
class StoreListingTest {

    private final AppHouse house;
    private final Core core;
    private final AppsFile file;
    private final Store store;

    @Inject
    StoreListingTest(AppHouse house, Core core, AppsFile file, Store store) {
        this.house = house;
        this.core = core;
        this.file = file;
        this.store = store;
    }

    @BeforeEach
    void coreIsInstalled() {
        core.change(options -> new CoreOptions(
                "2026.11.0", "localhost/core", null, null, null, null, null, null, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a|arch: [armhf]|addon_not_supported_architecture_error",
                "b|machine: ['!odroid-n2']|addon_not_supported_machine_type_error",
                "c|homeassistant: 2026.12.0|addon_not_supported_home_assistant_version_error",
                "d|host_network: true|runtime_not_supported_error"
            })
    void whatDoesNotFitIsToldEverywhereAlike(String slug, String line, String key) {
        String full = "local_" + slug;
        house.install(slug, "");
        assertEquals(true, stored(full).getBoolean("available"));
        assertEquals(true, house.data("/addons/" + full + "/info").getBoolean("available"));
        assertEquals(200, house.get("/store/addons/" + full + "/availability").status());

        house.write("addons/local/" + slug + "/config.yaml", """
                name: %s
                version: 2.0.0
                slug: %s
                description: For tests
                %simage: localhost/sample
                %s
                """.formatted(
                        slug, slug, line.startsWith("arch") ? "" : "arch: [amd64, aarch64]\n", line));
        house.post("/store/reload", "");
        assertEquals(false, stored(full).getBoolean("available"));
        assertEquals(false, house.data("/addons/" + full + "/info").getBoolean("available"));
        AppHouse.Answer refused = house.get("/store/addons/" + full + "/availability");
        assertEquals(400, refused.status());
        assertEquals(key, refused.json().getString("error_key"));
        for (String update : List.of("/store/addons/" + full + "/update", "/addons/" + full + "/update")) {
            assertEquals(refused.failure(), house.post(update, "").failure());
        }

        assertEquals(200, house.post("/addons/" + full + "/uninstall", "").status());
        assertEquals(
                refused.failure(),
                house.post("/store/addons/" + full + "/install", "").failure());
        assertEquals(
                refused.failure(),
                house.post("/store/addons/" + full + "/install", "{\"background\": true}")
                        .failure());
    }

    /** A setting that was taken back, or a file that was restored, can leave such an app installed. */
    @Test
    void theDemandsOfAnInstalledAppEndItsStartInTheSameWords() {
        house.install("e", "");
        InstalledApp app = file.find("local_e").orElseThrow();
        house.offer("e", "2.0.0", "privileged: [NET_ADMIN, SYS_TIME]\naudio: true\ndevices: [/dev/dri]\n");
        AppHouse.Answer refused = house.get("/store/addons/local_e/availability");
        assertEquals(
                4,
                refused.json()
                        .getJsonObject("extra_fields")
                        .getJsonArray("reasons")
                        .size());

        AppManifest demanding = store.find("local_e").orElseThrow().manifest();
        file.put(new InstalledApp(app.slug(), app.repository(), app.arch(), demanding, app.user()));

        assertEquals(refused.json(), house.post("/addons/local_e/start", "").json());
        assertEquals(refused.json(), house.post("/addons/local_e/restart", "").json());
    }

    private JsonObject stored(String slug) {
        return house.data("/store").getJsonArray("addons").getValuesAs(JsonObject.class).stream()
                .filter(app -> app.getString("slug").equals(slug))
                .findFirst()
                .orElseThrow();
    }
}
