package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the user chose of an app comes back with it, and what keeps it from running again is told. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoredAppSettingsTest {

    private static final String FORM = """
            "options": {"a": 1, "b": "default"}, "schema": {"a": "int", "b": "str"},
            "ports": {"7/tcp": 7, "8/tcp": 8}, "ingress": true
            """;

    private static final String CHOSEN = """
            "options": {"a": 7}, "network": {"7/tcp": 9, "8/tcp": null}, "boot": "manual", "watchdog": true,
            "auto_update": true, "ingress_panel": true
            """;

    private final RestoreHouse house;
    private final ApiClient api;

    @Inject
    RestoredAppSettingsTest(RestoreHouse house, WebTarget target) {
        this.house = house;
        this.api = new ApiClient(target.getUri());
    }

    @BeforeEach
    void aFreshHouse() throws IOException {
        house.fresh();
    }

    @Test
    void whatTheUserChoseComesBack() throws IOException {
        house.restorer.restore(house.backup(made()), RestoreHouse.full());
        assertIsAsInTheBackup();
    }

    @Test
    void whatTheUserChoseSinceIsReplaced() throws IOException {
        house.run(
                "set", "options: {a: 1, b: x}\nschema: {a: int, b: str}\nports: {7/tcp: 7, 8/tcp: 8}\ningress: true\n");
        api.post("/addons/local_set/options", Administrator.TOKEN, """
                        {"options": {"a": 3, "b": "since"}, "network": {"7/tcp": 17, "8/tcp": 18}, "boot": "auto",
                         "watchdog": false, "auto_update": false, "ingress_panel": false}
                        """).data();

        house.restorer.restore(house.backup(made()), RestoreHouse.partial(false, List.of("local_set"), Set.of(), ""));

        assertIsAsInTheBackup();
    }

    private static MadeBackup made() {
        return new MadeBackup().app("local_set", "1.0", "started", FORM, CHOSEN, Map.of("state", "restored"));
    }

    private void assertIsAsInTheBackup() throws IOException {
        JsonObject info = api.get("/addons/local_set/info", Administrator.TOKEN).data();
        assertEquals(ApiClient.json("{'a': 7, 'b': 'default'}"), info.getJsonObject("options"));
        assertEquals(ApiClient.json("{'7/tcp': 9, '8/tcp': null}"), info.getJsonObject("network"));
        assertEquals("manual", info.getString("boot"));
        assertTrue(info.getBoolean("watchdog"));
        assertTrue(info.getBoolean("auto_update"));
        assertTrue(info.getBoolean("ingress_panel"));
        assertEquals("started", info.getString("state"));
        Map<String, String> data = house.tree("addons/data/local_set");
        assertEquals("restored", data.get("state"));
        assertEquals(
                ApiClient.json("{'a': 7, 'b': 'default'}"), ApiClient.json(data.get("options.json")), "what it reads");
        assertEquals(Set.of("9/tcp"), ports(), "of the internal address");
    }

    /** All that are claimed. */
    private Set<String> ports() {
        String registry = house.cluster
                .read(Kind.CONFIG_MAP, "supervisor-port-registry")
                .orElseThrow()
                .getData()
                .get("registry.json");
        return ApiClient.json(registry).keySet();
    }

    @Test
    void aPortThatAnotherAppHasIsToldWithItsOwner() throws IOException {
        house.run("other", "ports: {7/tcp: 7}\n");
        Backup backup = house.backup(new MadeBackup()
                .app("local_late", "1.0", "started", "\"ports\": {\"7/tcp\": 7}", Map.of("state", "restored")));

        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(backup, RestoreHouse.partial(false, List.of("local_late"), Set.of(), "")));

        JsonObject job = house.job("backup_manager_partial_restore");
        JsonObject start = job.getJsonArray("child_jobs").stream()
                .map(JsonValue::asJsonObject)
                .filter(child -> child.getString("name").equals("app_start"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(job));
        assertEquals("local_late", start.getString("reference"));
        assertEquals(
                "App local_late cannot have port 7/tcp of the internal address: local_other has it",
                start.getJsonArray("errors").getJsonObject(0).getString("message"));
        JsonObject issue = api.get("/resolution/info", Administrator.TOKEN).data().getJsonArray("issues").stream()
                .map(JsonValue::asJsonObject)
                .filter(one -> one.getString("reference", "").equals("local_late"))
                .filter(one -> one.getString("type").contains("port_conflict"))
                .findFirst()
                .orElseThrow();
        assertEquals(ApiClient.json("{'port': 7}"), issue.getJsonObject("reference_extra"));
        assertTrue(house.apps.isInstalled("local_late"));
        assertFalse(house.isRunning("local_late"));
        assertTrue(house.isRunning("local_other"));
    }
}
