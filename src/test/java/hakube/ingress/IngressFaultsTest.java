package hakube.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.KernelTimers;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients of ingress that want to get where they should not, or are not there any more. */
@HelidonTest
@AddBean(CallersHouse.class)
@AddConfig(key = "management.port", value = "0")
class IngressFaultsTest {

    private final URI server;
    private final FakeCluster cluster;
    private final Folders folders;
    private final State state;
    private WebApp web;

    @Inject
    IngressFaultsTest(WebTarget target, Cluster cluster, Folders folders, State state) {
        this.server = target.getUri();
        this.cluster = (FakeCluster) cluster;
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
}
