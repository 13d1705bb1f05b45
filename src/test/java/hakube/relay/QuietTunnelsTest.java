package hakube.relay;

import static hakube.testing.RawWebSocket.BINARY;
import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** WebSockets on which nothing happens, and then something. */
class QuietTunnelsTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    /** More than both of the kernel's buffers hold. */
    private static final int MESSAGES = 400;

    private static final int OCTETS = 60_000;

    private final BlockingQueue<RawWebSocket> atApp = new LinkedBlockingQueue<>();
    private final CountDownLatch isOver = new CountDownLatch(1);
    private RelayHouse house;

    @BeforeEach
    void open() throws IOException {
        house = new RelayHouse();
        house.app.on("/app", (request, wire) -> {
            atApp.add(RawWebSocket.accept(request, wire));
            awaitEnd();
        });
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        isOver.countDown();
        house.closeWhenNothingIsLeft();
    }

    @Test
    void messagesPassBothWaysAgainAndAgain() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(house.uri(), "/app")) {
            RawWebSocket app = app();
            for (int i = 0; i < 5; i++) {
                awaitQuiet();
                assertEquals("from app", readBy(client, app.send("from app")));
                awaitQuiet();
                assertEquals("from client", readBy(app, client.send("from client")));
                assertEquals("at once", readBy(client, app.send("at once")));
            }
        }
    }

    @Test
    void aBusyOneIsQuietAgainAfterItsNextMessage() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(house.uri(), "/app")) {
            RawWebSocket app = app();
            for (int i = 0; i < MESSAGES; i++) {
                app.send("busy");
            }
            for (int i = 0; i < MESSAGES; i++) {
                assertEquals("busy", client.receive().text());
            }
            Thread.sleep(Duration.ofMillis(50));
            assertEquals("rare", readBy(client, app.send("rare")));
            awaitQuiet();
        }
    }

    @Test
    void theClientIsToldWhenTheAppGoes() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(house.uri(), "/app")) {
            app();
            awaitQuiet();
            isOver.countDown();
            RawWebSocket.Frame farewell = client.receive();
            assertEquals(FINAL | CLOSE, farewell.first());
            assertEquals(1001, farewell.code());
            assertTrue(client.isOver());
        }
    }

    @Test
    void theAppIsToldWhenTheClientGoes() throws Exception {
        RawWebSocket app;
        try (RawWebSocket client = RawWebSocket.connect(house.uri(), "/app")) {
            app = app();
            awaitQuiet();
            assertEquals("x", readBy(app, client.send("x")));
        }
        assertEquals(1001, app.receive().code());
        // It does not go by itself.
        house.awaitNothingHeld();
        assertTrue(app.isOver());
    }

    /** The far side's buffers are full, and it says nothing meanwhile. */
    @Test
    void aQuietAppMayReadSlowly() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(house.uri(), "/app")) {
            RawWebSocket app = app();
            awaitQuiet();
            Thread sending = Thread.ofVirtual().start(() -> {
                try {
                    for (int i = 0; i < MESSAGES; i++) {
                        byte[] content = new byte[OCTETS];
                        content[0] = (byte) i;
                        client.send(FINAL | BINARY, content);
                    }
                } catch (IOException broken) {
                    // Then not all of it comes.
                }
            });
            // Longer than it takes to fill them, and less than it takes to be given up.
            sending.join(Duration.ofMillis(100));
            assertTrue(sending.isAlive(), "what was sent fits into the buffers");
            for (int i = 0; i < MESSAGES; i++) {
                byte[] content = app.receive().content();
                assertEquals(OCTETS, content.length);
                assertEquals((byte) i, content[0]);
            }
            sending.join();
        }
    }

    /** When the relay ends, whoever waits ends with it. */
    @Test
    void theEndOfTheRelayLeavesNone() throws Exception {
        try (RawWebSocket client = RawWebSocket.connect(house.uri(), "/app")) {
            RawWebSocket app = app();
            awaitQuiet();
            house.relay.close();
            assertEquals("still", readBy(client, app.send("still")));
        }
    }

    private RawWebSocket app() throws InterruptedException {
        return Eventually.next("the app is reached", atApp);
    }

    private void awaitQuiet() throws Exception {
        Eventually.holds("the WebSocket has no thread besides the connection's own", DEADLINE, () -> house.threads()
                .isEmpty());
    }

    /** @param sender has sent something */
    private static String readBy(RawWebSocket reader, RawWebSocket sender) throws IOException {
        assertTrue(sender != reader);
        return reader.receive().text();
    }

    private void awaitEnd() throws IOException {
        try {
            if (!isOver.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("the test takes too long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new IOException("the app goes");
    }
}
