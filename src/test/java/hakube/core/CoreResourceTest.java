package hakube.core;

import static hakube.core.ServedCore.BACKUP_APP;
import static hakube.testing.Administrator.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the routes of Core tell through the real server, by both of their names. */
@HelidonTest
@AddBean(ServedCore.class)
@AddBean(ServedCore.House.class)
@AddConfig(key = "management.port", value = "0")
class CoreResourceTest {

    private final ServedCore house;
    private final Core core;
    private final FakeCluster cluster;

    @Inject
    CoreResourceTest(ServedCore house) {
        this.house = house;
        this.core = house.core;
        this.cluster = house.cluster;
    }

    @BeforeEach
    void install() {
        house.install();
    }

    @AfterEach
    void stop() {
        house.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void infoHasEveryFieldOfTheContract(String prefix) {
        cluster.put(
                Kind.SERVICE,
                new V1Service()
                        .metadata(new V1ObjectMeta().name("homeassistant").labels(Map.of("io.hass.managed", "true")))
                        .spec(new V1ServiceSpec()
                                .clusterIP("fd00::7")
                                .addClusterIPsItem("fd00::7")
                                .addClusterIPsItem("10.43.0.7")
                                .addPortsItem(new V1ServicePort().port(80))));
        try (Response answer = house.administrator.call(prefix + "/info").get()) {
            assertEquals(200, answer.getStatus());
            assertTrue(answer.getHeaderString("Content-Type").startsWith("application/json"));
            String arch = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "amd64";
            assertEquals(
                    ("{'result':'ok','data':{'arch':'" + arch + "','audio_input':null,'audio_output':null,"
                                    + "'backups_exclude_database':false,'boot':true,'duplicate_log_file':false,"
                                    + "'image':'localhost/core','ip_address':'10.43.0.7',"
                                    + "'machine':'generic-x86-64','port':8123,'ssl':false,'update_available':false,"
                                    + "'version':'2026.11.0','version_latest':'2026.11.0','watchdog':true}}")
                            .replace('\'', '"'),
                    answer.readEntity(String.class));
        }
    }

    @Test
    void infoWithoutAnInstallationStillParses() {
        core.change(known -> CoreOptions.INITIAL);
        String info = house.administrator.get("/core/info", 200);
        assertTrue(info.contains("\"version\":null"), info);
        assertTrue(info.contains("\"version_latest\":\"2026.11.0\""), info);
        assertTrue(info.contains("\"update_available\":false"), info);
        assertTrue(info.contains("\"image\":\"localhost/core\""), info);
    }

    @Test
    void onlyALaterVersionIsAnUpdate() {
        core.change(known -> known.withInstalled("2026.12.0", "localhost/core"));
        assertTrue(house.administrator.get("/core/info", 200).contains("\"update_available\":false"));
        core.change(known -> known.withInstalled("2026.9.4", "localhost/core"));
        assertTrue(house.administrator.get("/core/info", 200).contains("\"update_available\":true"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void statsAreThoseOfThePodAndARefusalWhenThereIsNone(String prefix) {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Home Assistant is not running\"}",
                text(400, house.administrator.call(prefix + "/stats").get()));
        house.administrator.post(prefix + "/start", null, 200);
        String zeros = "{\"result\":\"ok\",\"data\":{\"blk_read\":0,\"blk_write\":0,\"cpu_percent\":0.0,"
                + "\"memory_limit\":0,\"memory_percent\":0.0,\"memory_usage\":0,\"network_rx\":0,\"network_tx\":0}}";
        assertEquals(zeros, house.administrator.get(prefix + "/stats", 200));
        cluster.usage("homeassistant-0", new Cluster.Usage(0.125, 300 << 20));
        String used = house.administrator.get(prefix + "/stats", 200);
        assertTrue(used.contains("\"cpu_percent\":12.5"), used);
        assertTrue(used.contains("\"memory_usage\":" + (300 << 20)), used);
        cluster.usage("homeassistant-0", new Cluster.Usage(0, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void theLogIsTextWithItsCursor(String prefix) {
        assertEquals("", house.administrator.get(prefix + "/logs", 200));
        house.administrator.post(prefix + "/start", null, 200);
        cluster.logs(
                "homeassistant-0",
                "2026-11-25T10:00:00.000000001Z one\n2026-11-25T10:00:01.5Z \u001b[31mtwo\u001b[0m\n");
        try (Response answer = house.administrator
                .call(prefix + "/logs")
                .header("Accept", "text/plain, */*")
                .get()) {
            assertEquals(200, answer.getStatus());
            assertTrue(answer.getHeaderString("Content-Type").startsWith("text/plain"));
            assertTrue(!answer.getHeaderString("X-First-Cursor").contains(":"));
            assertEquals("no", answer.getHeaderString("X-Accel-Buffering"));
            assertEquals("one\n\u001b[31mtwo\u001b[0m\n", answer.readEntity(String.class));
        }
        assertEquals("one\ntwo\n", house.administrator.get(prefix + "/logs/latest", 200));
        assertTrue(text(
                        200,
                        house.administrator
                                .call(prefix + "/logs")
                                .header("Accept", "text/x-log")
                                .get())
                .startsWith("2026-11-25 10:00:00.000 homeassistant-0 homeassistant: one\n"));
        assertEquals("one\n\u001b[31mtwo\u001b[0m\n", house.administrator.get(prefix + "/logs/boots/0", 200));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/core/logs/boots/-1; Logs only contain 1 boots",
                "/homeassistant/logs/boots/-1/follow; Logs only contain 1 boots",
                "/core/logs/boots/7; Logs only contain 1 boots",
            })
    void aLogThatIsNotThereIsRefusedAsText(String path, String message) {
        house.administrator.post("/core/start", null, 200);
        try (Response answer = house.administrator.call(path).get()) {
            assertEquals(400, answer.getStatus());
            assertTrue(answer.getHeaderString("Content-Type").startsWith("text/plain"));
            assertEquals(message, answer.readEntity(String.class));
        }
        try (Response answer = house.administrator
                .call("/core/logs")
                .header("Accept", "image/png")
                .get()) {
            assertEquals(400, answer.getStatus());
            assertTrue(answer.readEntity(String.class).startsWith("Invalid content type requested."));
        }
    }

    @Test
    void anAppNeedsARoleForCore() {
        for (String path : new String[] {"/core/stats", "/core/logs", "/homeassistant/logs"}) {
            try (Response answer = house.call(path, BACKUP_APP).get()) {
                assertEquals(403, answer.getStatus(), path);
            }
        }
        assertEquals(200, house.call("/core/info", BACKUP_APP).get().getStatus());
    }
}
