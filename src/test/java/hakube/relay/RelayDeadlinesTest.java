package hakube.relay;

import static hakube.relay.RelayHouse.assertBadGateway;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sides that take their time, and more than they have. After each nothing is left. */
class RelayDeadlinesTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private RelayHouse house;

    RelayHouse house() throws IOException {
        return new RelayHouse();
    }

    @BeforeEach
    void open() throws IOException {
        house = house();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        house.closeWhenNothingIsLeft();
    }

    @Test
    void anAnswerThatDoesNotComeInTimeIsABadGateway() throws Exception {
        house.limit(Duration.ofMillis(200));
        CountDownLatch gone = new CountDownLatch(1);
        house.app.on("/silent", (request, wire) -> {
            if (wire.in().read() < 0) {
                gone.countDown();
            }
        });
        try (RawHttp client = house.client()) {
            assertBadGateway(client.send("GET", "/silent"));
            house.limit(Duration.ZERO);
            assertEquals(200, client.send("GET", "/echo").status());
        }
        Eventually.opens("the app is left", gone);
    }

    /** An answer that has begun can only break; within what time it has begun depends on the machine. */
    @Test
    void anAnswerThatDoesNotEndInTimeBreaks() throws Exception {
        house.app.on("/endless", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\n\r\n");
            for (int octet = 0; octet >= 0; octet = wire.in().read()) {
                wire.say("x");
            }
        });
        Duration[] limit = {Duration.ofMillis(200)};
        Eventually.holds("an answer breaks", Duration.ofMinutes(1), () -> {
            house.limit(limit[0]);
            limit[0] = limit[0].multipliedBy(2);
            try (RawHttp client = house.client()) {
                assertBadGateway(client.send("GET", "/endless"));
                return false;
            } catch (EOFException broken) {
                return true;
            }
        });
    }

    @Test
    void anAppThatTakesNothingIsGivenUp() throws IOException {
        house.streams(true);
        CountDownLatch over = new CountDownLatch(1);
        house.app.on("/deaf", (request, wire) -> Eventually.opens("the end of the test", over));
        try (RawHttp client = house.client()) {
            assertBadGateway(client.send("POST", "/deaf", new byte[50_000_000]));
        } finally {
            over.countDown();
        }
    }

    /** Only a far side that ended its connection at rest may have missed the question; this one has it. */
    @Test
    void whoseTimeIsOverIsNotAskedAgain() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        house.app.on("/silent", (request, wire) -> {
            asked.incrementAndGet();
            wire.in().read();
        });
        try (RawHttp client = house.client()) {
            assertEquals(200, client.send("GET", "/echo").status());
            house.limit(Duration.ofMillis(200));
            assertBadGateway(client.send("GET", "/silent"));
        }
        assertEquals(1, asked.get());
    }

    /** It says something now and then, and never comes to the end of its answer. */
    @Test
    void anAppThatAgreesToNoWebSocketInTimeIsABadGateway() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        house.app.on("/slow", (request, wire) -> {
            wire.say("HTTP/1.1 101 Switching Protocols\r\nX-Long: ");
            wire.socket().setSoTimeout(20);
            while (gone.getCount() > 0) {
                try {
                    wire.say("x");
                    if (wire.in().read() < 0) {
                        gone.countDown();
                    }
                } catch (SocketTimeoutException stillThere) {
                    // The next octet is due.
                } catch (IOException reset) {
                    // An octet was on its way when the other side closed.
                    gone.countDown();
                }
            }
        });
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/slow")) {
            assertTrue(socket.head().startsWith("HTTP/1.1 502 "), socket.head());
            assertTrue(gone.await(20, TimeUnit.SECONDS));
        }
    }

    /** Slower than the smallest answer is worth, and without an end to it; meanwhile nothing is held but what is being sent. */
    @Test
    void aClientThatHardlyReadsIsLeft() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        house.app.on("/endless", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\n\r\n");
            sayUntilEnd(left, () -> wire.say(new byte[10_000]));
        });
        try (Socket client = new Socket()) {
            client.setReceiveBufferSize(4096);
            client.connect(
                    new InetSocketAddress(house.uri().getHost(), house.uri().getPort()));
            client.setSoTimeout((int) DEADLINE.toMillis());
            client.getOutputStream().write("GET /endless HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(US_ASCII));
            assertEquals("HTTP/1.1 200", new String(client.getInputStream().readNBytes(12), US_ASCII));
            for (int i = 0; i < 500 && !left.await(20, TimeUnit.MILLISECONDS); i++) {
                assertTrue(client.getInputStream().read() >= 0);
                assertTrue(house.relay.exchanges() <= 2, "one exchange with one buffer");
            }
            assertEquals(0, left.getCount());
        }
    }

    /** Its body must be whole before it goes on, which only a few can have at a time: it sends an octet now and then. */
    @Test
    void aClientThatDoesNotEndItsBodyIsLeft() throws Exception {
        try (Socket client = new Socket(house.uri().getHost(), house.uri().getPort())) {
            OutputStream out = client.getOutputStream();
            out.write("POST /x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(US_ASCII));
            out.write("10000\r\n".getBytes(US_ASCII));
            out.write(new byte[40_000]);
            client.setSoTimeout(20);
            boolean isOver = false;
            for (int i = 0; i < 1000 && !isOver; i++) {
                try {
                    out.write('x');
                    isOver = client.getInputStream().read() < 0;
                } catch (SocketTimeoutException stillThere) {
                    // The next octet is due.
                } catch (SocketException reset) {
                    isOver = true;
                }
            }
            assertTrue(isOver);
            assertEquals(0, house.app.connections());
        }
    }

    @Test
    void aClientThatTakesNothingOfAWebSocketIsLeft() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        house.app.on("/flood", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            sayUntilEnd(left, () -> socket.send(RawWebSocket.FINAL | RawWebSocket.BINARY, new byte[10_000]));
        });
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/flood")) {
            assertTrue(socket.head().startsWith("HTTP/1.1 101 "), socket.head());
            assertTrue(left.await(20, TimeUnit.SECONDS));
        }
    }

    private interface Saying {
        void run() throws IOException;
    }

    private static void sayUntilEnd(CountDownLatch left, Saying saying) {
        try {
            while (true) {
                saying.run();
            }
        } catch (IOException end) {
            left.countDown();
        }
    }
}
