package hakube.ingress;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.auth.CoreUser;
import hakube.kubernetes.FakeCluster;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.FakeCoreLogin;
import hakube.testing.Features;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ingress as a browser meets it: an installed app whose server listens on its own pod's address, on a cluster in memory. */
@CallersHouse.Served
class IngressRelayTest {

    private final URI server;
    private final ApiClient api;
    private final FakeCluster cluster;
    private final Folders folders;
    private final FakeCoreLogin core;
    private final State state;
    private WebApp web;
    private LoopbackApp app;
    private String token;

    @Inject
    IngressRelayTest(WebTarget target, FakeCluster cluster, Folders folders, FakeCoreLogin core, State state) {
        this.server = target.getUri();
        this.api = new ApiClient(server);
        this.cluster = cluster;
        this.folders = folders;
        this.core = core;
        this.state = state;
    }

    @BeforeEach
    void start() throws IOException {
        state.enter(SupervisorState.RUNNING);
        Features.startWith(state);
        core.up(true);
        core.users(new CoreUser("some-id", Optional.of("sn"), Optional.of("Some Name"), false, true, false, List.of()));
        cluster.autoRun();
        web = WebApp.start(server, folders);
        token = web.token;
        app = web.server;
    }

    @AfterEach
    void stop() throws IOException {
        web.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ingress/", "/api/hassio_ingress/", "/v2/ingress/"})
    void aSessionLeadsToTheApp(String root) throws IOException {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        try (RawHttp client = new RawHttp(server)) {
            RawHttp.Answer answer = client.send(
                    "GET", root + token + "/a//b;c%2Fd/?x=%41", web.cookie("some-id"), "X-Remote-User-Id: me");
            assertEquals(200, answer.status());
            List<String> head = answer.body().lines().toList();
            assertEquals("GET /a//b;c%2Fd/?x=%41 HTTP/1.1", head.getFirst());
            assertTrue(
                    head.containsAll(List.of(
                            "X-Ingress-Path: /api/hassio_ingress/" + token,
                            "X-Forwarded-For: 127.0.0.1",
                            "X-Remote-User-Id: some-id",
                            "X-Remote-User-Name: sn",
                            "X-Remote-User-Display-Name: Some Name")),
                    answer.body());
            assertFalse(answer.body().contains(": me"), answer.body());
        }
    }

    @Test
    void withoutASessionThereIsNothing() throws IOException {
        try (RawHttp client = new RawHttp(server)) {
            for (String header : List.of(
                    "X-A: 1",
                    "Cookie: ingress_session=",
                    WebApp.cookieOf("ab".repeat(64)),
                    "Cookie: x=" + web.session(""))) {
                assertPlain(401, "401: Unauthorized", client.send("GET", "/ingress/" + token + "/", header));
                assertPlain(401, "401: Unauthorized", client.send("GET", "/ingress/unknown/", header));
                assertPlain(
                        401,
                        "401: Unauthorized",
                        client.send("POST", "/ingress/" + token + "/", "body".getBytes(), header));
            }
            assertEquals(0, app.connections());
        }
    }

    @Test
    void aTokenIsNoSession() throws IOException {
        try (RawHttp client = new RawHttp(server)) {
            assertPlain(
                    401,
                    "401: Unauthorized",
                    client.send("GET", "/ingress/" + token + "/", "X-Supervisor-Token: " + ADMINISTRATOR));
        }
    }

    @Test
    void anUnknownTokenIsUnavailable() throws IOException {
        try (RawHttp client = new RawHttp(server)) {
            String cookie = web.cookie("");
            assertPlain(503, "503: Service Unavailable", client.send("GET", "/ingress/unknown/", cookie));
            assertPlain(503, "503: Service Unavailable", client.send("GET", "/ingress/" + WebApp.SLUG + "/", cookie));
        }
    }

    @Test
    void anAppThatDoesNotAnswerIsABadGateway() throws IOException {
        String cookie = web.cookie("");
        try (RawHttp client = new RawHttp(server)) {
            app.close();
            assertPlain(502, "502: Bad Gateway", client.send("GET", "/ingress/" + token + "/", cookie));
            assertEquals(
                    200,
                    api.post("/addons/" + WebApp.SLUG + "/stop", ADMINISTRATOR, "")
                            .status());
            assertPlain(502, "502: Bad Gateway", client.send("GET", "/ingress/" + token + "/", cookie));
        }
    }

    @Test
    void theSlashBehindTheTokenIsNoOption() throws IOException {
        try (RawHttp client = new RawHttp(server)) {
            assertEquals(
                    401, client.send("GET", "/ingress/" + token, web.cookie("")).status());
        }
    }

    @Test
    void theGateStandsBefore() throws IOException {
        String cookie = web.cookie("");
        try (RawHttp client = new RawHttp(server)) {
            assertEquals(
                    400,
                    client.send("GET", "/ingress/" + token + "/?path=/a/b", cookie)
                            .status());
            assertEquals(
                    400,
                    client.send("GET", "/ingress/" + token + "/%2e%2e/x", cookie)
                            .status());
            state.enter(SupervisorState.SETUP);
            assertTrue(
                    client.send("GET", "/ingress/" + token + "/", cookie).body().contains("not ready"));
        }
        assertEquals(0, app.connections());
    }

    @Test
    void noCallReachesTheClusterAndNoneOfItsTokensTheApp() throws IOException {
        String cookie = web.cookie("some-id");
        cluster.forgetWrites();
        try (RawHttp client = new RawHttp(server)) {
            RawHttp.Answer answer = client.send(
                    "GET", "/ingress/" + token + "/", cookie, "X-Supervisor-Token: " + CORE, "X-Hassio-Key: " + CORE);
            assertFalse(answer.body().contains(CORE), answer.body());
        }
        assertEquals(List.of(), cluster.writes());
    }

    @Test
    void theSecondVersionIsThereWhileItsFeatureIsOn() throws IOException {
        String path = "/v2/ingress/" + token + "/";
        String cookie = web.cookie("some-id");
        try (RawHttp client = new RawHttp(server)) {
            assertPlain(404, "404: Not Found", client.send("GET", path, cookie));
            assertEquals(0, app.connections());

            Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
            assertPlain(401, "401: Unauthorized", client.send("GET", path));
            assertEquals(0, app.connections());
            String own = api.post("/v2/ingress/session", CORE, "").data().getString("session");
            assertEquals(200, client.send("GET", path, WebApp.cookieOf(own)).status());
            assertEquals(1, app.connections());
        }
        app.on("/ws", (request, wire) -> RawWebSocket.accept(request, wire).receive());
        try (RawWebSocket socket = RawWebSocket.connect(server, path + "ws", cookie)) {
            assertTrue(socket.head().startsWith("HTTP/1.1 101 "), socket.head());
        }
    }

    @Test
    void aWebSocketLeadsToTheApp() throws IOException {
        app.on("/ws", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire, "Sec-WebSocket-Protocol: b");
            socket.send(String.join("\n", request.head()));
            socket.receive();
        });
        String target = "/ingress/" + token + "/ws?x=y";
        try (RawWebSocket socket =
                RawWebSocket.connect(server, target, web.cookie("some-id"), "Sec-WebSocket-Protocol: a, b")) {
            assertTrue(socket.head().startsWith("HTTP/1.1 101 "), socket.head());
            assertTrue(socket.head().contains("Sec-WebSocket-Protocol: b"), socket.head());
            String head = socket.receive().text();
            assertTrue(head.startsWith("GET /ws?x=y HTTP/1.1"), head);
            assertTrue(head.contains("X-Remote-User-Id: some-id"), head);
            assertTrue(head.contains("X-Ingress-Path: /api/hassio_ingress/" + token), head);
        }
        try (RawWebSocket socket = RawWebSocket.connect(server, target)) {
            assertTrue(socket.head().startsWith("HTTP/1.1 401 "), socket.head());
        }
    }

    private static void assertPlain(int status, String text, RawHttp.Answer answer) {
        assertEquals(status, answer.status());
        assertEquals(text, answer.body());
        assertEquals("text/plain", answer.type());
    }
}
