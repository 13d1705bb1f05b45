package hakube.proxy;

import static hakube.testing.CallersHouse.HOME;
import static hakube.testing.RawWebSocket.CLOSE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.FakeCluster;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.RawWebSocket;
import hakube.testing.RawWebSocket.Frame;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many may have Core's WebSocket at once, and what the next one is told. */
@CallersHouse.Served
class CoreWebSocketSeatsTest {

    private final URI server;
    private final FakeCluster cluster;
    private final State state;
    private final ProxySeats seats;
    private final AppSockets sockets;
    private CorePod pod;

    @Inject
    CoreWebSocketSeatsTest(WebTarget target, FakeCluster cluster, State state, ProxySeats seats) {
        this.server = target.getUri();
        this.cluster = cluster;
        this.state = state;
        this.seats = seats;
        this.sockets = new AppSockets(server);
    }

    @BeforeEach
    void start() throws IOException {
        state.enter(SupervisorState.RUNNING);
        pod = new CorePod(cluster);
        pod.core.on("/api/websocket", AppSockets.echo(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>()));
    }

    @AfterEach
    void stop() throws IOException {
        try {
            awaitNobody();
        } finally {
            pod.close();
        }
    }

    @Test
    void whenThereAreTooManyAnotherOneIsRefusedBeforeTheUpgrade() throws Exception {
        awaitNobody();
        List<ProxySeats.Seat> taken = take(ProxySeats.MOST);
        try (RawWebSocket app = RawWebSocket.connect(server, "/core/websocket")) {
            assertEquals(Optional.empty(), seats.take("another address"));
            assertTrue(app.head().startsWith("HTTP/1.1 503 "), app.head());
        } finally {
            taken.forEach(ProxySeats.Seat::close);
        }
        sockets.loggedIn("/core/websocket", "access_token", HOME).close();
    }

    @Test
    void anAddressOfWhichTooManyDoNotLogInIsRefusedBeforeTheUpgrade() throws Exception {
        awaitNobody();
        try (RawWebSocket in = sockets.loggedIn("/core/websocket", "access_token", HOME)) {
            List<RawWebSocket> waiting = new ArrayList<>();
            for (int i = 0; i < ProxySeats.MOST_OF_AN_ADDRESS; i++) {
                waiting.add(sockets.opened("/core/websocket"));
            }
            try (RawWebSocket app = RawWebSocket.connect(server, "/core/websocket")) {
                assertTrue(app.head().startsWith("HTTP/1.1 503 "), app.head());
            }
            assertEquals("x", in.send("x").receive().text());
            for (RawWebSocket socket : waiting) {
                socket.close();
            }
        }
        awaitNobody();
        sockets.loggedIn("/core/websocket", "access_token", HOME).close();
    }

    @Test
    void anAppThatHasTooManyIsToldToTryLater() throws Exception {
        awaitNobody();
        List<ProxySeats.Seat> taken = take(ProxySeats.MOST_OF_AN_APP);
        try (RawWebSocket app = sockets.opened("/core/websocket")) {
            taken.forEach(seat -> assertTrue(seat.isFor("local_home")));
            Frame end = app.send(AppSockets.auth("access_token", HOME)).receive();
            assertEquals(CLOSE, end.opcode());
            assertEquals(1013, end.code());
            assertTrue(app.isOver());
        } finally {
            taken.forEach(ProxySeats.Seat::close);
        }
        sockets.loggedIn("/core/websocket", "access_token", HOME).close();
    }

    /** Each of an address of its own. */
    private List<ProxySeats.Seat> take(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> seats.take("address " + i).orElseThrow())
                .toList();
    }

    private void awaitNobody() {
        Eventually.holds("all have gone", () -> seats.taken() == 0);
    }
}
