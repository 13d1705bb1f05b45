package hakube.relay;

import static hakube.testing.LoopbackApp.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that leave, or seem to. After each nothing is left: no exchange, no buffer, no connection to the app that is in use. */
class ClientsLeaveTest {

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
    void theAppLearnsThatAClientHasLeftWhileItThought() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        house.app.on("/slow", (request, wire) -> {
            asked.countDown();
            assertEquals(-1, wire.in().read());
            left.countDown();
        });
        try (Socket socket = connect()) {
            send(socket, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
            Eventually.opens("the app is asked", asked);
        }
        Eventually.opens("the app learns it", left);
    }

    @Test
    void theAppLearnsThatAClientHasLeftAQuietStream() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        house.app.on("/events", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
            assertEquals(-1, wire.in().read());
            left.countDown();
        });
        try (Socket socket = connect()) {
            send(socket, "GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
            HttpRelayTest.readUntil(socket, "x\r\n");
        }
        Eventually.opens("the app learns it", left);
    }

    @Test
    void theAppLearnsThatAClientHasLeftInTheMiddleOfItsBody() throws Exception {
        house.streams(true);
        CountDownLatch left = new CountDownLatch(1);
        house.app.on("/upload", (request, wire) -> {
            assertEquals(99_999, wire.in().readAllBytes().length);
            left.countDown();
        });
        try (Socket socket = connect()) {
            send(socket, "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n");
            socket.getOutputStream().write(new byte[99_999]);
        }
        Eventually.opens("the app learns it", left);
    }

    @Test
    void aClientThatLeavesADownloadEndsIt() throws Exception {
        CountDownLatch left = new CountDownLatch(1);
        house.app.on("/endless", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\n\r\n");
            try {
                while (true) {
                    wire.say(new byte[10_000]);
                }
            } finally {
                left.countDown();
            }
        });
        try (Socket socket = connect()) {
            send(socket, "GET /endless HTTP/1.1\r\nHost: x\r\n\r\n");
            socket.getInputStream().readNBytes(100_000);
        }
        Eventually.opens("the app learns it", left);
    }

    /** It sent all that it had to send, and reads no further than its answer. */
    @Test
    void aClientThatSaysNoMoreStillGetsAPromptAnswer() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n");
            socket.shutdownOutput();
            assertTrue(HttpRelayTest.readUntil(socket, "GET /x").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void anAnswerThatTookLongIsWhole() throws IOException {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger rounds = new AtomicInteger();
        house.app.on("/long", (request, wire) -> {
            // Longer than it takes until the client is watched.
            wire.socket().setSoTimeout(300);
            try {
                wire.in().read();
            } catch (SocketTimeoutException expected) {
                rounds.incrementAndGet();
            }
            // The next request may take its time.
            wire.socket().setSoTimeout(0);
            wire.say(answer("late"));
            over.countDown();
        });
        try (RawHttp client = house.client()) {
            assertEquals("late", client.send("GET", "/long").body());
            assertEquals("late", client.send("GET", "/long").body());
        }
        assertEquals(2, rounds.get());
        assertEquals(1, house.app.connections(), "the first one rests and is used again");
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(house.uri().getHost(), house.uri().getPort());
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
