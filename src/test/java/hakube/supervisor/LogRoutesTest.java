package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.core.Core;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.util.Map;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the log routes answer, through the real server. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddConfig(key = "management.port", value = "0")
class LogRoutesTest {

    private static final String REFUSED =
            "Invalid content type requested. Only text/plain and text/x-log supported for now.";

    private final Asked asked;
    private final State state;
    private final Core core;
    private final FakeCluster cluster;

    @Inject
    LogRoutesTest(WebTarget target, State state, Core core, Cluster cluster) {
        this.asked = new Asked(target);
        this.state = state;
        this.core = core;
        this.cluster = (FakeCluster) cluster;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        cluster.autoRun();
        core.install();
        core.start();
        cluster.logs("homeassistant-0", """
                2026-11-25T10:00:01.9876Z \u001b[31mone\u001b[0m
                2026-11-25T10:00:02Z two
                2026-11-25T10:00:03Z three
                """);
    }

    @AfterEach
    void asBefore() {
        cluster.recover();
        cluster.remove(Kind.POD, SupervisorHouse.POD);
        core.stop();
    }

    @Test
    void aCursorLeadsToItsEntryAndToThoseBefore() {
        Asked.Answer last = asked.get("/core/logs", Map.of("Range", "entries=:2:"));
        assertEquals(200, last.status());
        assertEquals("text/plain", last.type());
        assertEquals("no", last.buffering());
        assertEquals("three\n", last.body());

        Asked.Answer before = asked.get("/core/logs", Map.of("Range", "entries=" + last.cursor() + ":-1:1"));
        assertEquals("two\n", before.body());
        assertNotEquals(last.cursor(), before.cursor());
        assertEquals(last, asked.get("/core/logs", Map.of("Range", "entries=" + last.cursor() + ":0:100")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /core/logs?verbose                              | 2026-11-25 10:00:01.987 homeassistant-0 homeassistant:
            /homeassistant/logs?verbose&no_colors           | 2026-11-25 10:00:01.987 homeassistant-0 homeassistant: one
            /core/logs/latest                               | one
            /core/logs/latest?lines=2                       | one
            /core/logs/boots/0?no_colors                    | one
            /host/logs/identifiers/homeassistant?no_colors  | one
            /host/logs/boots/0/identifiers/homeassistant?no_colors | one
            """)
    void aFormatIsAskedFor(String path, String begin) {
        assertTrue(asked.text(path).startsWith(begin), asked.text(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/x-log", "*/*", "text/plain, */*", "application/json, text/plain;q=0.5"})
    void someTypesCanBeAskedFor(String accept) {
        assertEquals(200, asked.get("/core/logs", Map.of("Accept", accept)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/core/logs",
                "/core/logs/follow",
                "/core/logs/latest",
                "/supervisor/logs",
                "/host/logs",
                "/host/logs/boots/0/follow",
                "/host/logs/identifiers/nobody",
                "/dns/logs",
                "/audio/logs/latest",
                "/multicast/logs/follow"
            })
    void noOtherTypeCan(String path) {
        Asked.Answer answer = asked.get(path, Map.of("Accept", "application/json"));
        assertEquals(400, answer.status());
        assertEquals(REFUSED, answer.body());
        assertTrue(answer.type().startsWith("text/plain"), answer.type());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core/logs", "/host/logs", "/supervisor/logs/follow"})
    void anUnreadableRangeIsRefused(String path) {
        Asked.Answer answer = asked.get(path, Map.of("Range", "entries=:x:"));
        assertEquals(400, answer.status());
        assertEquals("Invalid range header: entries=:x:", answer.body());
    }

    /** A body is never made, so a log that is followed must not be waited for. */
    @ParameterizedTest
    @ValueSource(strings = {"/core/logs", "/core/logs/follow", "/supervisor/logs/follow", "/dns/logs/follow"})
    void headIsAnsweredAtOnce(String path) {
        Asked.Answer answer = asked.head(path);
        assertEquals(200, answer.status());
        assertEquals("", answer.body());
    }

    @ParameterizedTest
    @CsvSource({
        "/host/logs, Reading host logs",
        "/host/logs/follow, Reading host logs",
        "/host/logs/boots/0, Reading host logs",
        "/host/logs/boots/-7/follow, Reading host logs",
        "/dns/logs, The DNS plug-in",
        "/dns/logs/follow, The DNS plug-in",
        "/audio/logs/latest, The audio plug-in",
        "/audio/logs/boots/-1, The audio plug-in",
        "/multicast/logs?lines=1, The multicast plug-in",
        "/multicast/logs/boots/0/follow, The multicast plug-in",
    })
    void whatAClusterDoesNotHaveSaysSoInOneLine(String path, String subject) {
        Asked.Answer answer = asked.get(path);
        assertEquals(200, answer.status());
        assertEquals(subject + " is not supported in Kubernetes runtime\n", answer.body());
        assertNull(answer.cursor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/host/logs/latest", "/cli/logs", "/observer/logs", "/core/logs/boots", "/dns/logs/boots"})
    void otherLogsAreUnknown(String path) {
        assertEquals("404: Not Found", asked.get(path).body());
    }

    @Test
    void identifiersAreThoseOfWhatRuns() {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"identifiers\":[\"hassio_supervisor\",\"homeassistant\"]}}",
                asked.text("/host/logs/identifiers"));
        assertEquals("", asked.text("/host/logs/identifiers/addon_local_none"));
        assertEquals("", asked.text("/host/logs/identifiers/systemd/follow"));
        assertEquals(
                "Logs only contain 1 boots",
                asked.get("/host/logs/boots/-1/identifiers/homeassistant").body());
    }

    @Test
    void theOneBootIsTheSupervisors() {
        String boots = asked.text("/host/logs/boots");
        assertTrue(boots.matches("\\{\"result\":\"ok\",\"data\":\\{\"boots\":\\{\"0\":\"[0-9a-f]{32}\"}}}"), boots);
        String id = boots.replaceAll(".*\"0\":\"", "").replaceAll("\".*", "");
        assertEquals(asked.text("/core/logs"), asked.text("/core/logs/boots/" + id));
    }

    @Test
    void itsOwnLogIsThatOfItsPod() {
        cluster.put(Kind.POD, SupervisorHouse.ownPod());
        cluster.logs(SupervisorHouse.POD, "2026-11-25T10:00:04Z of the pod\n");
        for (String path : new String[] {
            "/supervisor/logs",
            "/supervisor/logs/latest",
            "/supervisor/logs/boots/0",
            "/supervisor/logs/boots/-1",
            "/supervisor/logs/boots/-1/follow",
            "/supervisor/logs/boots/5ec0",
            "/host/logs/identifiers/hassio_supervisor"
        }) {
            assertEquals("of the pod\n", asked.text(path), path);
        }
        assertEquals(
                "2026-11-25 10:00:04.000 supervisor-0 hassio_supervisor: of the pod\n",
                asked.text("/supervisor/logs?verbose"));
        assertEquals(
                "Logs only contain 2 boots",
                asked.get("/supervisor/logs/boots/-2").body());
    }

    @Test
    void withoutAPodItsOwnLogIsItsRecentLines() {
        Logger.getLogger("hakube.supervisor.LogRoutesTest").warning("something of late");
        Asked.Answer log = asked.get("/supervisor/logs?lines=2");
        assertTrue(log.body().contains(" WARNING  supervisor: something of late\n"), log.body());
        assertTrue(log.cursor().matches("s=supervisor-0;t=\\d+;n=0"), log.cursor());
        assertEquals(
                "Logs only contain 1 boots",
                asked.get("/supervisor/logs/boots/-1").body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"read pods", "log pods"})
    void whereItMayNotBeReadItsRecentLinesStandIn(String call) {
        cluster.put(Kind.POD, SupervisorHouse.ownPod());
        Logger.getLogger("hakube.supervisor.LogRoutesTest").warning("still told");
        cluster.failOn(call, new ApiFailure.MissingPermission("get", "pods/log"));
        assertTrue(asked.text("/supervisor/logs/latest").contains("still told"));
    }
}
