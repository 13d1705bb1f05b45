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
        coreIs("2026.11.0");
    }

    private void coreIs(String version) {
        core.change(options ->
                new CoreOptions(version, "localhost/core", null, null, null, null, null, null, null, null, null, null));
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

    /** A restored file, another machine, a Core that went back or a setting that was taken back can leave such an app installed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "e|arch: [aarch64]|architecture",
                "f|machine: ['!odroid-n2']|machine_type",
                "g|homeassistant: 2026.12.0|home_assistant_version",
                "h|privileged: [NET_ADMIN, SYS_TIME]; audio: true; devices: [/dev/dri]|",
                "i|machine: [odroid-n2]; homeassistant: 2026.12.0; host_network: true|machine_type"
            })
    void whatDoesNotFitIsNotStartedAndToldInTheSameWords(String slug, String lines, String key) {
        String full = "local_" + slug;
        house.install(slug, "");
        InstalledApp app = file.find(full).orElseThrow();
        house.write("addons/local/" + slug + "/config.yaml", """
                name: %s
                version: 2.0.0
                slug: %s
                description: For tests
                %simage: localhost/sample
                %s
                """.formatted(
                slug, slug, lines.startsWith("arch") ? "" : "arch: [amd64, aarch64]\n", lines.replace("; ", "\n")));
        house.post("/store/reload", "");
        AppHouse.Answer refused = house.get("/store/addons/" + full + "/availability");
        assertEquals(400, refused.status());
        assertEquals(
                key == null ? "runtime_not_supported_error" : "addon_not_supported_" + key + "_error",
                refused.json().getString("error_key"));

        AppManifest unfit = store.find(full).orElseThrow().manifest();
        file.put(new InstalledApp(app.slug(), app.repository(), app.arch(), unfit, app.user()));

        house.cluster().forgetWrites();
        for (String verb : List.of("start", "restart")) {
            assertEquals(
                    refused.json(),
                    house.post("/addons/" + full + "/" + verb, "").json(),
                    verb);
        }
        assertEquals(List.of(), house.cluster().writes());
    }

    @Test
    void whatRunsAndDoesNotFitAnyMoreGoesOnUntilItIsStopped() {
        house.install("j", "homeassistant: 2026.11.0\n");
        house.post("/addons/local_j/start", "").data();
        coreIs("2026.10.0");
        house.cluster().forgetWrites();
        String refused = house.get("/store/addons/local_j/availability").failure();
        assertEquals(
                "400 addon_not_supported_home_assistant_version_error: App j not supported on this system, requires Home"
                        + " Assistant version 2026.11.0 or greater",
                refused);
        assertEquals(refused, house.post("/addons/local_j/restart", "").failure());
        assertEquals(
                refused,
                house.post("/addons/local_j/rebuild", "{\"force\": true}").failure());
        assertEquals(0, house.post("/addons/local_j/start", "").data().size());
        assertEquals(List.of(), house.cluster().writes());
        assertEquals("started", house.data("/addons/local_j/info").getString("state"));
        house.post("/addons/local_j/stop", "").data();
        assertEquals(refused, house.post("/addons/local_j/start", "").failure());
    }

    private JsonObject stored(String slug) {
        return house.data("/store").getJsonArray("addons").getValuesAs(JsonObject.class).stream()
                .filter(app -> app.getString("slug").equals(slug))
                .findFirst()
                .orElseThrow();
    }
}
