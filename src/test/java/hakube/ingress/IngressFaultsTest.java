package hakube.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.KernelTimers;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of ingress that want to get where they should not, or are not there any more. */
@CallersHouse.Served
class IngressFaultsTest {

    private final URI server;
    private final FakeCluster cluster;
    private final Folders folders;
    private final State state;
    private WebApp web;

    @Inject
    IngressFaultsTest(WebTarget target, FakeCluster cluster, Folders folders, State state) {
        this.server = target.getUri();
        this.cluster = cluster;
        this.folders = folders;
        this.state = state;
    }

    @BeforeEach
    void start() throws IOException {
        state.enter(SupervisorState.RUNNING);
        cluster.autoRun();
        web = WebApp.start(server, folders);
    }

    @AfterEach
    void stop() throws IOException {
        web.close();
    }

    /** Neither side of it says anything, for as long as it likes; one that is gone cannot answer the kernel. */
    @Test
    void bothSidesOfAnIdleWebSocketAreAskedForASignOfLife() throws Exception {
        BlockingQueue<Integer> ports = new LinkedBlockingQueue<>();
        web.server.on("/ws", (request, wire) -> {
            ports.add(wire.socket().getPort());
            RawWebSocket.accept(request, wire).receive();
        });
        try (RawWebSocket socket =
                RawWebSocket.connect(server, "/ingress/" + web.token + "/ws", web.cookie("some-id"))) {
            int port = ports.take();
            assertAsked(server.getPort(), socket.socket().getLocalPort());
            assertAsked(port, web.server.address().getPort());
        }
    }

    private static void assertAsked(int localPort, int remotePort) throws Exception {
        Duration most = Duration.ofSeconds(60);
        Eventually.holds(
                "the other side is asked within a minute", Duration.ofSeconds(5), () -> KernelTimers.untilAsked(
                                localPort, remotePort)
                        .filter(time -> time.compareTo(most) <= 0)
                        .isPresent());
    }

    @Test
    void theAppOfAnotherPodIsNotAsked() throws IOException {
        String cookie = web.cookie("");
        Cluster seen = cluster;
        seen.watched(Kind.POD)
                .all()
                .forEach(pod -> cluster.remove(Kind.POD, pod.getMetadata().getName()));
        try (RawHttp client = new RawHttp(server)) {
            assertEquals(
                    502,
                    client.send("GET", "/ingress/" + web.token + "/", cookie).status());
        }
        assertEquals(0, web.server.connections());
    }

    /** It is the browser's, and goes on as it came (contract: ingress and proxy, 2.4); what it is for is the app's business alone. */
    @ParameterizedTest
    @ValueSource(strings = {"home.example:8123", "[::1]:80", "127.0.0.1:80", "169.254.169.254"})
    void theHostOfABrowserArrivesAsItCame(String host) throws IOException {
        RawHttp.Answer answer = ask(host);
        assertEquals(200, answer.status());
        List<String> head = answer.body().lines().toList();
        assertEquals("GET / HTTP/1.1", head.getFirst());
        assertEquals(
                List.of("Host: " + host),
                head.stream().filter(line -> line.startsWith("Host:")).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\"><script>b", "x@evil.example/../y?z#w", "a b", "a\tb", "gr\u00fc\u00dfe", "x\r\nHost: y"})
    void aHostThatIsNoneReachesNoApp(String host) throws IOException {
        assertEquals(400, ask(host).status());
        assertEquals(0, web.server.connections());
    }

    private RawHttp.Answer ask(String host) throws IOException {
        try (RawHttp client = new RawHttp(server)) {
            return client.send(
                    "GET /ingress/" + web.token + "/ HTTP/1.1\r\nHost: " + host + "\r\n" + web.cookie("") + "\r\n\r\n");
        }
    }

    /** Whatever a client names: where to is what the cluster says about the app of the token. */
    @Test
    void nobodyIsDialledButTheAppsOwnPod() throws IOException {
        String cookie = web.cookie("");
        String root = "/ingress/" + web.token + "/";
        try (LoopbackApp other = LoopbackApp.listen("127.0.0.1", 0);
                RawHttp client = new RawHttp(server)) {
            String there = "127.0.0.1:" + other.address().getPort();
            for (String target : List.of(
                    root + "http://" + there + "/",
                    root + "/" + there + "/",
                    root + "@" + there + "/",
                    root + "?url=http:%2F%2F" + there,
                    root.replaceFirst("/$", "@" + there + "/"),
                    root.replaceFirst("/$", ":80@" + there + "/"),
                    "/ingress/" + there + "/",
                    "http://" + there + root,
                    "http://" + there + "/",
                    "//" + there + root)) {
                client.send("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + cookie + "\r\n\r\n");
            }
            for (String name : List.of(
                    "Host",
                    "X-Forwarded-Host",
                    "X-Forwarded-Server",
                    "Forwarded",
                    "X-Original-URL",
                    "X-Rewrite-URL",
                    "X-Ingress-Path",
                    "X-Real-IP",
                    "Destination",
                    "Proxy-Connection")) {
                RawHttp.Answer answer =
                        client.send("GET " + root + " HTTP/1.1\r\n" + (name.equals("Host") ? "" : "Host: x\r\n") + name
                                + ": " + there + "\r\n" + cookie + "\r\n\r\n");
                assertEquals(200, answer.status(), name);
                assertTrue(answer.body().startsWith("GET / HTTP/1.1"), answer.body());
            }
            assertEquals(0, other.connections());
            assertTrue(web.server.connections() > 0);
        }
    }
}
