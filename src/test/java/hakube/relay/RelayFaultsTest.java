package hakube.relay;

import static hakube.relay.RelayHouse.assertBadGateway;
import static hakube.testing.LoopbackApp.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sides that do not behave. After each nothing is left: no exchange, no buffer, no connection to the app that is in use. */
class RelayFaultsTest {

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
    void nothingListens() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            house.leadTo((InetSocketAddress) taken.getLocalSocketAddress());
        }
        try (RawHttp client = house.client()) {
            for (int i = 0; i < 2; i++) {
                assertBadGateway(client.send("GET", "/"));
                assertBadGateway(client.send("POST", "/", new byte[100_000]));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 99 X\r\n\r\n",
                "HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\r\n folded\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA b: 1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: \u0001\r\n\r\n",
                "HTTP/1.1 200 OK\r\nA: 1\rSet-Cookie: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
            })
    void whatIsNoAnswerIsNotPassedOn(String said) throws IOException {
        house.app.on("/bad", (request, wire) -> {
            wire.say(said);
            wire.close();
        });
        try (RawHttp client = house.client()) {
            assertBadGateway(client.send("GET", "/bad"));
        }
    }

    @Test
    void aHeadWithoutEndIsNotKept() throws IOException {
        house.app.on("/bad", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\n");
            for (int i = 0; i < 100_000; i++) {
                wire.say("X-Header-" + i + ": 1234567890\r\n");
            }
        });
        try (RawHttp client = house.client()) {
            assertBadGateway(client.send("GET", "/bad"));
        }
    }

    /** Whoever reads a part must not take it for the whole. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 100000\r\n\r\nhello",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhelloX",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n-1\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nffffffffffffffff1\r\n",
            })
    void anAnswerThatBreaksBreaks(String said) throws IOException {
        house.app.on("/bad", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\n" + said);
            wire.close();
        });
        try (Socket socket = connect()) {
            send(socket, "GET /bad HTTP/1.1\r\nHost: x\r\n\r\n");
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(all.startsWith("HTTP/1.1 200 OK"), all);
            assertFalse(all.endsWith("0\r\n\r\n"), all);
        }
    }

    /** A small answer is read as a whole first, so its failure is told. */
    @Test
    void aSmallAnswerThatBreaksIsNone() throws IOException {
        house.app.on("/bad", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
            wire.close();
        });
        try (RawHttp client = house.client()) {
            assertBadGateway(client.send("GET", "/bad"));
        }
    }

    /** Two readers could see two requests in these, or one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: chunked, chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: identity",
                "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 4",
                "Content-Length: 4\r\nContent-Length: 5",
                "Content-Length: 4, 4",
                "Content-Length: +4",
                "Content-Length: 0x4",
                "Content-Length: -4",
                "Content-Length : 4",
                "Transfer-Encoding : chunked"
            })
    void aRequestThatCanBeReadInTwoWaysIsRefused(String headers) throws Exception {
        AtomicInteger served = new AtomicInteger();
        house.app.on("/smuggled", (request, wire) -> {
            served.incrementAndGet();
            wire.say(answer("x"));
        });
        house.app.on("/first", (request, wire) -> {
            served.incrementAndGet();
            wire.say(answer("x"));
        });
        try (Socket socket = connect()) {
            send(
                    socket,
                    "POST /first HTTP/1.1\r\nHost: x\r\n" + headers
                            + "\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(all.startsWith("HTTP/1.1 400 "), all);
            assertEquals(all.lastIndexOf("HTTP/1.1 "), 0, all);
            assertEquals(0, served.get());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /x y HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nA: 1\u0000\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nA: 1\r\n b: 2\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nA: 1\nB: 2\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nA: 1\rB: 2\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nA[]: 1\r\n\r\n",
                "GET /x HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "G(T /x HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void aRequestThatIsNoneReachesNoApp(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(all.isEmpty() || all.matches("(?s)HTTP/1.1 4\\d\\d .*"), all);
            assertEquals(0, house.app.connections());
        }
    }

    /** What a refused client still sends is not taken for another request. */
    @Test
    void theRestOfARefusedBodyIsNoRequest() throws IOException {
        AtomicInteger served = new AtomicInteger();
        house.app.on("/smuggled", (request, wire) -> served.incrementAndGet());
        byte[] hidden = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = connect()) {
            send(socket, "POST /big HTTP/1.1\r\nHost: x\r\nContent-Length: 99000000\r\n\r\n");
            socket.getOutputStream().write(hidden);
            String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(all.startsWith("HTTP/1.1 413 "), all);
            assertEquals(all.lastIndexOf("HTTP/1.1 "), 0, all);
            assertEquals(0, served.get());
        }
    }

    @Test
    void anAppMayAnswerBeforeItHasReadAll() throws IOException {
        house.streams(true);
        house.app.on("/early", (request, wire) -> {
            wire.say(answer("enough", "Connection: close"));
            wire.socket().shutdownOutput();
            wire.in().readNBytes(1_000_000);
            wire.close();
        });
        try (RawHttp client = house.client()) {
            assertEquals(
                    "enough", client.send("POST", "/early", new byte[5_000_000]).body());
        }
    }

    @Test
    void aConnectionThatEndedAtRestIsReplaced() throws Exception {
        house.app.on("/once", (request, wire) -> {
            wire.say(answer("x"));
            wire.close();
        });
        try (RawHttp client = house.client()) {
            for (int i = 0; i < 5; i++) {
                assertEquals("x", client.send("GET", "/once").body());
            }
            assertEquals(200, client.send("POST", "/x", new byte[10]).status());
        }
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
