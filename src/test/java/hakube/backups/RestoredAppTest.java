package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Kind;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the user chose of an app comes back with it. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoredAppTest {

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
    RestoredAppTest(RestoreHouse house, WebTarget target) {
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
}
