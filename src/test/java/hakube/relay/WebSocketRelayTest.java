package hakube.relay;

import static hakube.testing.RawWebSocket.BINARY;
import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static hakube.testing.RawWebSocket.PING;
import static hakube.testing.RawWebSocket.PONG;
import static hakube.testing.RawWebSocket.TEXT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets through the real server to an app on loopback. After each nothing is left. */
class WebSocketRelayTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int MANY = 1000;

    /** Of what other parts of the process begin and end meanwhile. */
    private static final int FEW = MANY / 10;

    private RelayHouse house;
    /** What the app has got. */
    private final BlockingQueue<RawWebSocket.Frame> got = new LinkedBlockingQueue<>();

    @BeforeEach
    void open() throws IOException {
        house = new RelayHouse();
        house.app.on("/echo", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            for (RawWebSocket.Frame frame = socket.receive(); ; frame = socket.receive()) {
                got.add(frame);
                socket.send(frame.first(), frame.content());
                if (frame.opcode() == CLOSE) {
                    wire.close();
                    return;
                }
            }
        });
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        house.closeWhenNothingIsLeft();
    }

    @Test
    void messagesOfAllKindsPass() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo?a=b")) {
            assertTrue(socket.head().startsWith("HTTP/1.1 101 "), socket.head());
            assertTrue(socket.head().contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo="), socket.head());
            assertFalse(socket.head().contains("Extensions"), socket.head());
            for (int length : new int[] {0, 1, 125, 126, 511, 512, 513, 40_000, 65_535}) {
                byte[] content = new byte[length];
                Arrays.fill(content, (byte) 'x');
                assertArrayEquals(
                        content, socket.send(FINAL | BINARY, content).receive().content());
            }
            assertEquals("grüße", socket.send("grüße").receive().text());
            socket.send(TEXT, "in ".getBytes()).send(FINAL, "parts".getBytes());
            assertEquals("in ", socket.receive().text());
            assertEquals("parts", socket.receive().text());
            assertEquals(
                    FINAL | PING,
                    socket.send(FINAL | PING, new byte[] {7}).receive().first());
            assertEquals(
                    List.of((byte) 9),
                    List.of(socket.send(FINAL | PONG, new byte[] {9}).receive().content()[0]));
        }
    }

    @Test
    void aCloseCodePasses() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            RawWebSocket.Frame answer = socket.send(FINAL | CLOSE, new byte[] {0x0f, (byte) 0xa0, 'x'})
                    .receive();
            assertEquals(4000, answer.code());
            assertEquals(4000, Eventually.next("the app gets something", got).code());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void theAppChoosesTheProtocol() throws Exception {
        house.app.on("/protocols", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire, "Sec-WebSocket-Protocol: tty", "Set-Cookie: a=b");
            socket.send(String.join("|", request.all("sec-websocket-protocol")));
            socket.receive();
        });
        try (RawWebSocket socket = RawWebSocket.connect(
                house.uri(), "/protocols", "Sec-WebSocket-Protocol: webtty ,  tty", "Sec-WebSocket-Protocol: third")) {
            assertTrue(socket.head().contains("Sec-WebSocket-Protocol: tty\r\n"), socket.head());
            assertEquals("webtty, tty, third", socket.receive().text());
        }
    }

    @Test
    void aProtocolThatNobodyOfferedIsRefused() throws Exception {
        house.app.on(
                "/protocols", (request, wire) -> RawWebSocket.accept(request, wire, "Sec-WebSocket-Protocol: other"));
        assertBadGateway("/protocols", "Sec-WebSocket-Protocol: tty");
        assertBadGateway("/protocols");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n",
                "HTTP/1.1 101 X\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
                "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"
                        + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
                ""
            })
    void whatIsNoConsentIsBadGateway(String answer) throws Exception {
        house.app.on("/no", (request, wire) -> {
            wire.say(answer);
            wire.close();
        });
        assertBadGateway("/no");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 12\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
                "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nContent-Length: 1"
            })
    void aHandshakeThatIsNoneReachesNoApp(String headers) throws Exception {
        try (RawHttp client = house.client()) {
            RawHttp.Answer answer =
                    client.send("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
                            + headers + "\r\n\r\n");
            assertEquals(400, answer.status());
            assertEquals(0, house.app.connections());
        }
    }

    @Test
    void theClientIsToldWhenTheAppGoes() throws Exception {
        house.app.on("/gone", (request, wire) -> {
            RawWebSocket.accept(request, wire).send("last");
            wire.close();
        });
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/gone")) {
            assertEquals("last", socket.receive().text());
            RawWebSocket.Frame farewell = socket.receive();
            assertEquals(FINAL | CLOSE, farewell.first());
            assertEquals(1001, farewell.code());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void theAppIsToldWhenTheClientGoes() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            assertEquals("x", socket.send("x").receive().text());
            got.clear();
        }
        assertEquals(1001, Eventually.next("the app gets something", got).code());
    }

    /** Nothing can be said in the middle of a frame; the connection just ends. */
    @Test
    void aFrameThatBreaksIsNotMended() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            assertEquals("x", socket.send("x").receive().text());
            got.clear();
            byte[] frame = socket.frame(FINAL | BINARY, new byte[1000]);
            socket.sendRaw(Arrays.copyOf(frame, 500));
        }
        Eventually.holds("the app's connection is over", DEADLINE, () -> house.app.open() == 0);
        assertTrue(got.isEmpty(), got.toString());
    }

    @Test
    void aMessageThatIsTooLargeEndsBothSides() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            socket.sendRaw(socket.frame(FINAL | BINARY, new byte[64 * 1024 + 1]));
            assertEquals(1009, socket.receive().code());
            assertEquals(1009, Eventually.next("the app gets something", got).code());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void aClientThatDoesNotMaskIsAtFault() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            socket.sendRaw((byte) 0x81, (byte) 1, (byte) 'x');
            assertEquals(1002, socket.receive().code());
            assertEquals(1001, Eventually.next("the app gets something", got).code());
        }
    }

    @Test
    void anAppThatMasksIsAtFault() throws Exception {
        house.app.on("/masked", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.sendRaw((byte) 0x81, (byte) 0x81, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 'x');
            got.add(socket.receive());
        });
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/masked")) {
            assertEquals(1001, socket.receive().code());
            assertEquals(1002, Eventually.next("the app gets something", got).code());
        }
    }

    /** Half-open: it says that it will send no more, and is not heard of again. */
    @Test
    void aClientThatEndsItsHalfEndsAll() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            socket.socket().shutdownOutput();
            assertEquals(1001, Eventually.next("the app gets something", got).code());
            assertEquals(CLOSE, socket.receive().opcode());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void aThousandIdleOnesLiveAndLeaveNothing() throws Exception {
        RawWebSocket.connect(house.uri(), "/echo").close();
        house.awaitNothingHeld();
        Eventually.holds("the first one is over", DEADLINE, () -> house.app.open() == 0);
        long descriptors = descriptors();
        int threads = Thread.activeCount();
        List<RawWebSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < MANY; i++) {
                sockets.add(RawWebSocket.connect(house.uri(), "/echo"));
            }
            assertEquals(MANY, house.app.open());
            Eventually.holds("no buffers are lent to those that are idle", () -> house.relay.exchanges() == MANY);
            for (RawWebSocket socket : sockets) {
                assertEquals("x", socket.send("x").receive().text());
            }
            Eventually.holds("none has a thread besides the connection's own", DEADLINE, () -> house.threads()
                    .isEmpty());
            int grown = Thread.activeCount() - threads;
            assertTrue(grown < FEW, grown + " threads of the platform more");
        } finally {
            for (RawWebSocket socket : sockets) {
                socket.close();
            }
        }
        house.awaitNothingHeld();
        Eventually.holds("all are over", DEADLINE, () -> house.app.open() == 0);
        Eventually.holds("all descriptors are back", DEADLINE, () -> descriptors() < descriptors + FEW);
    }

    private void assertBadGateway(String path, String... headers) throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), path, headers)) {
            assertTrue(socket.head().startsWith("HTTP/1.1 502 "), socket.head());
        }
    }

    private static long descriptors() throws IOException {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
