package hakube.proxy;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.HOME;
import static hakube.testing.CallersHouse.PLAIN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.FakeCluster;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.CallersHouse;
import hakube.testing.Features;
import hakube.testing.RawHttp;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Core's API as an app meets it, through the gate, with a server at the address of Core's link. */
@CallersHouse.Served
class CoreProxyTest {

    private static final String BEARER = "Authorization: Bearer " + HOME;
    private final URI server;
    private final FakeCluster cluster;
    private final State state;
    private CorePod pod;
    private RawHttp app;

    @Inject
    CoreProxyTest(WebTarget target, FakeCluster cluster, State state) {
        this.server = target.getUri();
        this.cluster = cluster;
        this.state = state;
    }

    @BeforeEach
    void start() throws IOException {
        state.enter(SupervisorState.RUNNING);
        pod = new CorePod(cluster);
        app = new RawHttp(server);
    }

    @AfterEach
    void stop() throws IOException {
        app.close();
        pod.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /core/api/states?a=%2F&b, /api/states?a=%2F&b",
        "GET, /core/api/, /api/",
        "GET, /core/api/a%20b, /api/a%20b",
        "POST, /core/api/services/light/turn_on, /api/services/light/turn_on",
        "DELETE, /core/api/states/light.x, /api/states/light.x",
        "GET, /homeassistant/api/states, /api/states",
        "GET, /homeassistant/api/, /api/",
        "POST, /homeassistant/api/x, /api/x"
    })
    void anAppReachesCore(String method, String path, String target) throws IOException {
        RawHttp.Answer answer = app.send(method, path, BEARER);
        assertEquals(200, answer.status());
        assertEquals(
                method + " " + target + " HTTP/1.1",
                answer.body().lines().toList().getFirst());
        assertEquals("text/plain", answer.headers().get("content-type"));
    }

    /** The second version wants a token at the gate too. */
    @Test
    void theSecondVersionAsksTwice() throws IOException {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        String gate = "X-Supervisor-Token: ";
        assertEquals(200, app.send("GET", "/v2/core/api/states", BEARER).status());
        assertEquals(200, app.send("DELETE", "/v2/core/api/states/a.b", BEARER).status());
        assertEquals(
                200,
                app.send("GET", "/v2/core/api/states", gate + PLAIN, BEARER).status());
        assertEquals(
                401,
                app.send("GET", "/v2/core/api/states", "X-Ha-Access: " + HOME).status());
        assertEquals(401, app.send("GET", "/v2/core/api/states", gate + HOME).status());
        assertEquals(
                403,
                app.send("GET", "/v2/core/api/states", gate + "none", BEARER).status());
        assertEquals(
                404, app.send("GET", "/v2/homeassistant/api/states", BEARER).status());
    }

    @ParameterizedTest
    @MethodSource("headersOfOthers")
    void othersDoNot(String header) throws IOException {
        for (String path : List.of("/core/api/states", "/core/api/stream", "/homeassistant/api/", "/core/api/hassio")) {
            assertPlain(401, "401: Unauthorized", app.send("GET", path, header));
        }
        assertPlain(401, "401: Unauthorized", app.send("POST", "/core/api/x", "body".getBytes(UTF_8), header));
        assertEquals(0, pod.core.connections());
    }

    static Stream<String> headersOfOthers() {
        return Stream.of(
                "X-A: 1",
                "Authorization:",
                "Authorization: Bearer",
                "Authorization: Bearer x",
                "Authorization: Bearer " + CORE,
                "Authorization: Bearer " + ADMINISTRATOR,
                "Authorization: Bearer " + PLAIN,
                "X-Supervisor-Token: " + HOME,
                "X-Hassio-Key: " + HOME,
                "Authorization: Bearer x\r\nX-Ha-Access: " + HOME);
    }

    @Test
    void theTokenMayStandAtTheOtherPlace() throws IOException {
        assertEquals(
                200, app.send("GET", "/core/api/states", "X-Ha-Access: " + HOME).status());
        assertEquals(
                200,
                app.send("GET", "/core/api/states", "Authorization: " + HOME).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/core/api/hassio/app",
                "/core/api/hassio_auth",
                "/core/api/hassio_push/discovery/x",
                "/core/api//hassio/app",
                "/core/api/./hassio_auth",
                "/core/api/;x/hassio/app",
                "/core/api/%68assio_auth",
                "/homeassistant/api/hassio_auth",
                "/v2/core/api/hassio_auth"
            })
    void theWayBackToTheSupervisorIsClosed(String path) throws IOException {
        for (String method : List.of("GET", "POST", "DELETE")) {
            assertPlain(403, "403: Forbidden", app.send(method, path, BEARER));
        }
        assertEquals(0, pod.core.connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core/api/%2568assio_auth", "/core/api/x/../hassio_auth", "/core/api/%2fhassio/x"})
    void neitherIsThereAWayRound(String path) throws IOException {
        int status = app.send("GET", path, BEARER).status();
        assertTrue(status == 400 || status == 403, path + ": " + status);
        assertEquals(0, pod.core.connections());
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /core/api/states",
        "PATCH, /core/api/states",
        "DELETE, /homeassistant/api/states",
        "POST, /core/api/",
        "DELETE, /core/api/",
        "POST, /homeassistant/api/"
    })
    void otherMethodsAreNot(String method, String path) throws IOException {
        assertEquals(405, app.send(method, path, BEARER).status());
        assertEquals(0, pod.core.connections());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"state\":\"NOT_RUNNING\"}", "{\"state\":\"STOPPING\"}", "{}", "[]", "<html>"})
    void aCoreThatDoesNotRunIsABadGateway(String said) throws IOException {
        pod.state(said);
        assertPlain(502, "502: Bad Gateway", app.send("GET", "/core/api/x", BEARER));
        assertPlain(502, "502: Bad Gateway", app.send("GET", "/core/api/stream", BEARER));
        assertPlain(502, "502: Bad Gateway", app.send("POST", "/core/api/x", "body".getBytes(UTF_8), BEARER));
    }

    @Test
    void noCoreIsABadGateway() throws IOException {
        pod.core.close();
        assertPlain(502, "502: Bad Gateway", app.send("GET", "/core/api/x", BEARER));
        pod.remove();
        assertPlain(502, "502: Bad Gateway", app.send("GET", "/core/api/x", BEARER));
    }

    @Test
    void aCoreThatRebuildsItsDatabaseCountsAsRunning() throws IOException {
        String recorder = "{\"state\":\"NOT_RUNNING\",\"recorder_state\":"
                + "{\"migration_in_progress\":true,\"migration_is_live\":%s}}";
        pod.state(recorder.formatted("false"));
        assertEquals(200, app.send("GET", "/core/api/x", BEARER).status());
        pod.state(recorder.formatted("true"));
        assertEquals(502, app.send("GET", "/core/api/x", BEARER).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 4\r\nTransfer-Encoding: chunked",
                "Content-Length: 4\r\nContent-Length: 5",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                "Content-Length: +4"
            })
    void nothingIsSmuggled(String framing) throws IOException {
        RawHttp.Answer answer = app.send(RawHttp.head("POST", "/core/api/x", BEARER, framing)
                + "\r\n0\r\n\r\nGET /core/api/hassio_auth HTTP/1.1\r\nHost: x\r\n\r\n");
        assertEquals(400, answer.status());
        assertEquals(0, pod.core.connections());
    }

    private static void assertPlain(int status, String text, RawHttp.Answer answer) {
        assertEquals(status, answer.status());
        assertEquals(text, answer.body());
        assertEquals("text/plain", answer.type());
    }
}
