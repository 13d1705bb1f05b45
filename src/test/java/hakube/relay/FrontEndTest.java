package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** When what the front has to do with ends, and how. */
class FrontEndTest extends FrontCase {

    @Test
    void anIdleConnectionEnds() throws Exception {
        try (RelayHouse house = RelayHouse.fronted(config -> config.idleConnectionTimeout(Duration.ofMillis(500))
                        .idleConnectionPeriod(Duration.ofMillis(100)));
                RawHttp plain = house.client();
                RawHttp servers = house.client()) {
            assertEquals(200, plain.send("GET", "/").status());
            assertEquals(200, servers.send("POST", "/", new byte[1]).status());
            assertTrue(plain.isEnded());
            assertTrue(servers.isEnded());
        }
    }

    @Test
    void whatIsUnderWayAtTheEndIsAnswered() throws Exception {
        RelayHouse house = RelayHouse.fronted(config -> config.shutdownGracePeriod(DEADLINE));
        SlowApp slow = SlowApp.of(house);
        try (Socket client = connect(house);
                RawHttp idle = house.client()) {
            assertEquals(200, idle.send("GET", "/").status());
            send(client, PLAIN.formatted("slow"));
            slow.isAsked(1);
            Thread closing = Thread.ofVirtual().start(() -> assertClosed(house));
            Eventually.holds("nobody listens any more", DEADLINE, () -> isRefused(house));
            assertFalse(closing.join(Duration.ofMillis(200)));
            slow.answer();
            until(client, "after all, /slow");
            assertTrue(closing.join(DEADLINE));
            assertTrue(idle.isEnded());
            assertEquals(-1, client.getInputStream().read());
        }
    }

    @Test
    void whatAThreadServesAtTheEndIsAnswered() throws Exception {
        RelayHouse house = RelayHouse.fronted(config -> config.shutdownGracePeriod(DEADLINE));
        SlowApp slow = SlowApp.of(house);
        try (Socket client = connect(house)) {
            send(client, "POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx");
            slow.isAsked(1);
            Thread closing = Thread.ofVirtual().start(() -> assertClosed(house));
            Eventually.holds("nobody listens any more", DEADLINE, () -> isRefused(house));
            slow.answer();
            until(client, "after all, /slow");
            assertTrue(closing.join(DEADLINE));
        }
    }

    /** One that would go on for days does not keep the process from its end. */
    @Test
    void whatDoesNotEndIsEnded() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        RelayHouse house = RelayHouse.fronted(config -> config.shutdownGracePeriod(DEADLINE));
        house.app.on("/stream", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n");
            Eventually.opens("the end of the test", never);
        });
        try (Socket client = connect(house)) {
            send(client, PLAIN.formatted("stream"));
            until(client, "one\r\n");
            Thread closing = Thread.ofVirtual().start(() -> assertClosed(house));
            assertTrue(closing.join(DEADLINE.dividedBy(2)));
            assertEquals(-1, client.getInputStream().read());
        } finally {
            never.countDown();
        }
    }

    private static void assertClosed(RelayHouse house) {
        try {
            house.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean isRefused(RelayHouse house) {
        return assertThrows(IOException.class, () -> {
                    try (Socket client = connect(house)) {
                        throw new IOException("still there");
                    }
                })
                instanceof ConnectException;
    }
}
