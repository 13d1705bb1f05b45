package hakube.proxy;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.HOME;
import static hakube.testing.CallersHouse.PLAIN;
import static hakube.testing.RawWebSocket.BINARY;
import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.FakeCluster;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.Features;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Core's WebSocket as an app meets it, through the gate. */
@CallersHouse.Served
class CoreWebSocketTest {

    private static final String REFUSED = "\"type\":\"result\",\"success\":false,"
            + "\"error\":{\"code\":\"unauthorized\",\"message\":\"Unauthorized\"}}";

    private final URI server;
    private final FakeCluster cluster;
    private final State state;
    private final ProxySeats seats;
    private final AppSockets sockets;
    private CorePod pod;

    /** What this test's Core was told: another test's app that has left is told of late. */
    private BlockingQueue<String> got;

    /** Of the requests to this test's Core. */
    private BlockingQueue<List<String>> heads;

    @Inject
    CoreWebSocketTest(WebTarget target, FakeCluster cluster, State state, ProxySeats seats) {
        this.seats = seats;
        this.server = target.getUri();
        this.sockets = new AppSockets(server);
        this.cluster = cluster;
        this.state = state;
    }

    @BeforeEach
    void start() throws IOException {
        state.enter(SupervisorState.RUNNING);
        got = new LinkedBlockingQueue<>();
        heads = new LinkedBlockingQueue<>();
        pod = new CorePod(cluster);
        pod.core.on("/api/websocket", AppSockets.echo(heads, got));
    }

    /** An app is told that it is logged in before Core is asked for, so Core may be asked when the app has gone. */
    @AfterEach
    void stop() throws IOException {
        try {
            awaitNobody();
        } finally {
            pod.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/core/websocket",
                "/core/api/websocket",
                "/homeassistant/websocket",
                "/homeassistant/api/websocket"
            })
    void anAppTalksWithCore(String path) throws Exception {
        try (RawWebSocket app = sockets.loggedIn(path, "access_token", HOME)) {
            assertEquals(
                    "{\"id\":1,\"type\":\"ping\"}",
                    app.send("{\"id\":1,\"type\":\"ping\"}").receive().text());
            byte[] octets = {1, 2, (byte) 0xff};
            assertArrayEquals(octets, app.send(FINAL | BINARY, octets).receive().content());
            assertEquals("no json", app.send("no json").receive().text());
        }
        List<String> head = Eventually.next("Core is asked", heads);
        assertTrue(head.contains("X-Hakube-Link: " + CorePod.LINK_TOKEN), head.toString());
        assertTrue(head.stream().noneMatch(line -> line.contains(HOME)), head.toString());
    }

    @Test
    void theOlderNameOfTheTokenComesFirst() throws Exception {
        sockets.loggedIn("/core/websocket", "api_password", HOME).close();
        try (RawWebSocket app = sockets.opened("/core/websocket")) {
            app.send("{\"api_password\":\"x\",\"access_token\":\"" + HOME + "\"}");
            assertTrue(app.receive().text().contains("auth_invalid"));
        }
    }

    @ParameterizedTest
    @MethodSource("tokensOfOthers")
    void othersAreNotLetIn(String auth) throws Exception {
        try (RawWebSocket app = sockets.opened("/core/websocket")) {
            app.send(auth);
            assertEquals(
                    "{\"type\":\"auth_invalid\",\"message\":\"Invalid access\"}",
                    app.receive().text());
            assertEquals(CLOSE, app.receive().opcode());
            assertTrue(app.isOver());
        }
        assertEquals(0, heads.size());
    }

    static List<String> tokensOfOthers() {
        return List.of(
                "{}",
                "{\"type\":\"auth\",\"access_token\":\"\"}",
                "{\"type\":\"auth\",\"access_token\":12}",
                AppSockets.auth("access_token", PLAIN),
                AppSockets.auth("access_token", CORE),
                AppSockets.auth("access_token", ADMINISTRATOR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "\"x\"", ""})
    void noLogInEndsIt(String said) throws Exception {
        try (RawWebSocket app = sockets.opened("/core/websocket")) {
            assertEquals(CLOSE, app.send(said).receive().opcode());
            assertTrue(app.isOver());
        }
        assertEquals(0, heads.size());
    }

    @Test
    void commandsOfTheFrontendDoNotReachCore() throws Exception {
        try (RawWebSocket app = sockets.loggedIn("/core/websocket", "access_token", HOME)) {
            app.send("{\"id\":5,\"type\":\"supervisor/api\",\"endpoint\":\"/addons\",\"method\":\"get\"}");
            assertEquals("{\"id\":5," + REFUSED, app.receive().text());
            app.send("{\"type\":\"hassio/update/core\"}");
            assertEquals("{\"id\":null," + REFUSED, app.receive().text());
            app.send("[{\"id\":6,\"type\":\"supervisor/api\"}]");
            assertEquals("{\"id\":6," + REFUSED, app.receive().text());
            app.send("{\"id\":7,\"type\":\"ping\"}").receive();
        }
        assertEquals(List.of("{\"id\":7,\"type\":\"ping\"}"), List.copyOf(got));
    }

    @Test
    void noCoreIsABadGatewayBeforeTheUpgrade() throws Exception {
        pod.state("{\"state\":\"NOT_RUNNING\"}");
        try (RawWebSocket app = RawWebSocket.connect(server, "/core/websocket")) {
            assertTrue(app.head().startsWith("HTTP/1.1 502 "), app.head());
        }
    }

    @Test
    void nothingIsTakenWhenAllHaveGone() throws Exception {
        othersAreNotLetIn("{}");
        sockets.loggedIn("/core/websocket", "access_token", HOME).close();
        noCoreIsABadGatewayBeforeTheUpgrade();
        pod.state("{\"state\":\"RUNNING\"}");
        try (RawWebSocket app = RawWebSocket.connect(server, "/core/websocket", "Content-Length: 1")) {
            assertTrue(app.head().startsWith("HTTP/1.1 400 "), app.head());
        }
        awaitNobody();
    }

    @Test
    void theSecondVersionAsksAtTheGateToo() throws Exception {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        try (RawWebSocket app = RawWebSocket.connect(server, "/v2/core/websocket")) {
            assertTrue(app.head().startsWith("HTTP/1.1 401 "), app.head());
        }
        try (RawWebSocket app =
                RawWebSocket.connect(server, "/v2/core/api/websocket", "Authorization: Bearer " + HOME)) {
            assertTrue(app.receive().text().contains("auth_required"));
        }
    }

    @Test
    void noWebSocketIsABadRequest() throws Exception {
        try (RawHttp app = new RawHttp(server)) {
            assertEquals(400, app.send("GET", "/core/websocket").status());
            assertEquals(405, app.send("POST", "/core/websocket").status());
        }
    }

    private void awaitNobody() {
        Eventually.holds("all have gone", () -> seats.taken() == 0);
    }
}
