package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1PodSpec;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@AppHouse.Served
class AppsResourceTest {

    private static final String FROST = "local_frost";
    private static final String POD = "local-frost-pod";

    private final AppHouse house;

    @Inject
    AppsResourceTest(AppHouse house) {
        this.house = house;
    }

    @BeforeEach
    void oneAppIsInstalledAndOneIsNot() {
        house.install("frost", "stdin: true\n");
        house.offer("shelf", "");
    }

    @Test
    void theListTellsOfEveryInstalledApp() {
        JsonObject item = house.data("/addons").getJsonArray("addons").getJsonObject(0);
        assertEquals(
                Set.of(
                        "name",
                        "slug",
                        "description",
                        "stage",
                        "version",
                        "version_latest",
                        "update_available",
                        "available",
                        "detached",
                        "homeassistant",
                        "state",
                        "repository",
                        "build",
                        "url",
                        "icon",
                        "logo",
                        "system_managed",
                        "advanced"),
                item.keySet());
        assertEquals(FROST, item.getString("slug"));
        assertEquals("stopped", item.getString("state"));
        assertTrue(item.getBoolean("available"));
        assertFalse(item.getBoolean("detached"));
        assertTrue(item.isNull("url"));
    }

    @Test
    void anUpdateIsOfferedForAnyOtherVersion() {
        house.write("addons/local/frost/config.yaml", """
                {name: frost, version: 0.9.0, slug: frost, description: d, arch: [amd64], image: localhost/sample}
                """);
        house.post("/addons/reload", "");
        JsonObject info = house.data("/addons/local_frost/info");
        assertEquals("1.0.0", info.getString("version"));
        assertEquals("0.9.0", info.getString("version_latest"));
        assertTrue(info.getBoolean("update_available"));
    }

    @Test
    void anAppThatTheStoreLostIsDetachedAndStillTold() throws IOException {
        house.withdraw("frost");
        JsonObject info = house.data("/addons/local_frost/info");
        assertTrue(info.getBoolean("detached"));
        assertEquals("1.0.0", info.getString("version_latest"));
        assertFalse(info.getBoolean("update_available"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start",
                "stop",
                "restart",
                "uninstall",
                "options",
                "options/validate",
                "security",
                "stdin",
                "rebuild",
                "sys_options"
            })
    void whatIsNotInstalledCannotBeChanged(String verb) {
        String token = verb.equals("sys_options") ? AppHouse.CORE : AppHouse.ADMINISTRATOR;
        assertEquals(
                "400 -: App is not installed",
                house.post("/addons/local_shelf/" + verb, "", token).failure());
        assertEquals(
                "404 -: App local_nobody does not exist",
                house.post("/addons/local_nobody/" + verb, "", token).failure());
        assertEquals(
                "400 -: Self is not an App",
                house.post("/addons/self/" + verb, "", token).failure());
    }

    @Test
    void whatIsNotInstalledCannotBeRead() {
        assertEquals(
                "404 -: App is not installed",
                house.get("/addons/local_shelf/info").failure());
        assertEquals(
                "404 -: App local_nobody does not exist",
                house.get("/addons/local_nobody/info").failure());
        assertEquals(
                "400 -: App is not installed",
                house.get("/addons/local_shelf/stats").failure());
        AppHouse.Answer logs = house.get("/addons/local_shelf/logs");
        assertEquals("400 App is not installed", logs.status() + " " + logs.text());
        assertTrue(logs.type().startsWith("text/plain"));
    }

    @Test
    void anAppStartsStopsAndLeaves() {
        assertEquals(200, house.post("/addons/local_frost/start", "").status());
        assertEquals("started", house.data("/addons/local_frost/info").getString("state"));
        assertEquals(200, house.post("/addons/local_frost/restart", "").status());
        assertEquals(200, house.post("/addons/local_frost/stop", "").status());
        assertEquals("stopped", house.data("/addons/local_frost/info").getString("state"));
        assertEquals(
                "400 -: expected boolean for dictionary value @ data['remove_config']. Got 'maybe'",
                house.post("/addons/local_frost/uninstall", "{\"remove_config\": \"maybe\"}")
                        .failure());
        assertEquals(200, house.post("/addons/local_frost/uninstall", "").status());
        assertEquals(404, house.get("/addons/local_frost/info").status());
    }

    @Test
    void statsAreThoseOfThePod() {
        assertEquals(
                "400 app_not_running_error: App local_frost is not running",
                house.get("/addons/local_frost/stats").failure());
        house.post("/addons/local_frost/start", "");
        assertEquals(0, house.data("/addons/local_frost/stats").getInt("memory_usage"));

        house.cluster().usage(POD, new Cluster.Usage(0.1234, 4096));
        assertEquals(
                "{\"blk_read\":0,\"blk_write\":0,\"cpu_percent\":12.34,\"memory_limit\":0,\"memory_percent\":0.0,"
                        + "\"memory_usage\":4096,\"network_rx\":0,\"network_tx\":0}",
                house.data("/addons/local_frost/stats").toString());
    }

    @Test
    void inputReachesTheProcessWithALineFeed() {
        assertEquals(
                "400 app_not_running_error: App local_frost is not running",
                house.post("/addons/local_frost/stdin", "hello").failure());
        house.post("/addons/local_frost/start", "");
        assertEquals(200, house.post("/addons/local_frost/stdin", "hello").status());
        assertEquals("hello\n", new String(house.cluster().stdin(POD).orElseThrow(), StandardCharsets.UTF_8));
    }

    @Test
    void onlyAnAppThatReadsInputIsGivenIt() {
        house.install("deaf", "");
        assertEquals(
                "400 app_not_supported_write_stdin_error: App local_deaf does not support writing to stdin",
                house.post("/addons/local_deaf/stdin", "hello").failure());
    }

    @Test
    void logsAreThoseOfTheAppsContainer() {
        house.post("/addons/local_frost/start", "");
        house.cluster().logs(POD, "2026-11-01T10:00:00.000000001Z one\n2026-11-01T10:00:01.000000002Z two\n");
        for (String route : new String[] {"logs", "logs/follow", "logs/latest", "logs/boots/0"}) {
            AppHouse.Answer logs = house.get("/addons/local_frost/" + route);
            assertEquals("200 one\ntwo\n", logs.status() + " " + logs.text(), route);
            assertTrue(logs.type().startsWith("text/plain"), route);
        }
        assertEquals(400, house.get("/addons/local_frost/logs/boots/7").status());
    }

    @Test
    void protectionIsKept() {
        assertEquals(
                200,
                house.post("/addons/local_frost/security", "{\"protected\": false}")
                        .status());
        assertFalse(house.data("/addons/local_frost/info").getBoolean("protected"));
        assertEquals(
                "400 -: expected boolean for dictionary value @ data['protected']. Got 'so so'",
                house.post("/addons/local_frost/security", "{\"protected\": \"so so\"}")
                        .failure());
    }

    /** Upstream's lack of it means devices, capabilities and the engine's socket for those whose manifest asks. */
    @Test
    void withoutProtectionAnAppGetsNothingMore() {
        house.install("frost", "apparmor: false\nudev: true\nrealtime: true\nulimits: {nofile: 4096}\n");
        house.post("/addons/local_frost/start", "");
        V1PodSpec before = podSpec();

        house.post("/addons/local_frost/security", "{\"protected\": false}");
        assertEquals(200, house.post("/addons/local_frost/restart", "").status());

        assertFalse(house.data("/addons/local_frost/info").getBoolean("protected"));
        assertEquals(before, podSpec());
    }

    /** Of the template that the cluster has. */
    private V1PodSpec podSpec() {
        return house.cluster()
                .read(Kind.DEPLOYMENT, "local-frost")
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec();
    }

    @Test
    void onlyCoreSaysWhatItManages() {
        String body = "{\"system_managed\": true, \"system_managed_config_entry\": \"abc\"}";
        assertEquals(403, house.post("/addons/local_frost/sys_options", body).status());
        assertEquals(
                200,
                house.post("/addons/local_frost/sys_options", body, AppHouse.CORE)
                        .status());
        JsonObject info = house.data("/addons/local_frost/info");
        assertTrue(info.getBoolean("system_managed"));
        assertEquals("abc", info.getString("system_managed_config_entry"));

        house.post("/addons/local_frost/sys_options", "{\"system_managed\": false}", AppHouse.CORE);
        assertTrue(house.data("/addons/local_frost/info").isNull("system_managed_config_entry"));
    }
}
