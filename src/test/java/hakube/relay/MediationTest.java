package hakube.relay;

import static hakube.testing.RawWebSocket.BINARY;
import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static hakube.testing.RawWebSocket.PING;
import static hakube.testing.RawWebSocket.PONG;
import static hakube.testing.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawWebSocket;
import hakube.testing.RawWebSocket.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody between the two sides of a WebSocket. After each test nothing is left of it. */
class MediationTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final int MIB = 1024 * 1024;

    /** What the app got after its log-in, but for pings. */
    private final BlockingQueue<Frame> got = new LinkedBlockingQueue<>();

    private RelayHouse house;

    @BeforeEach
    void open() throws IOException {
        house = new RelayHouse().mediates();
        house.app.on("/echo", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            assertEquals("us", socket.receive().text());
            socket.send("welcome");
            echo(socket);
        });
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        house.awaitNothingHeld();
        Eventually.holds("no connection is left", DEADLINE, () -> house.app.open() == 0);
        house.close();
    }

    @Test
    void messagesPassWhenBothSidesAreIn() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            assertEquals("x", next(socket.send("x")).text());
            byte[] octets = {0, 1, 2, (byte) 0xff};
            assertArrayEquals(octets, next(socket.send(FINAL | BINARY, octets)).content());
        }
    }

    @Test
    void whatMustNotPassIsAnsweredHere() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            assertEquals("no!", next(socket.send("no")).text());
            socket.send(TEXT, "n".getBytes(UTF_8)).send(FINAL, "o".getBytes(UTF_8));
            assertEquals("no!", next(socket).text());
            assertEquals("x", next(socket.send("x")).text());
            assertEquals("x", got.poll(20, TimeUnit.SECONDS).text());
        }
    }

    @Test
    void largeMessagesPass() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            byte[] large = new byte[4 * MIB];
            Arrays.fill(large, (byte) 'x');
            assertArrayEquals(large, next(socket.send(FINAL | TEXT, large)).content());
        }
    }

    @Test
    void tooLargeAMessageEndsBothSides() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            socket.sendRaw(
                    (byte) 0x82,
                    (byte) 0xff,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0x40,
                    (byte) 0,
                    (byte) 1,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0);
            assertEquals(1009, next(socket).code());
            assertEquals(1009, got.poll(20, TimeUnit.SECONDS).code());
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 0", "64, 1"})
    void theFarSideHasAnotherLimit(int mib, int more) throws Exception {
        house.app.on("/large", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.receive();
            socket.send("welcome");
            byte[] piece = new byte[MIB];
            for (int i = 0; i < mib; i++) {
                socket.send((i == 0 ? BINARY : 0) | (i == mib - 1 && more == 0 ? FINAL : 0), piece);
            }
            if (more > 0) {
                socket.send(FINAL, new byte[more]);
            }
            echo(socket);
        });
        try (RawWebSocket socket = connect("/large", "me")) {
            long total = 0;
            Frame frame = next(socket);
            while (frame.opcode() != CLOSE && frame.first() != FINAL) {
                total += frame.content().length;
                frame = next(socket);
            }
            if (more == 0) {
                assertEquals(64L * MIB, total + frame.content().length);
            } else {
                assertEquals(1009, frame.code());
            }
        }
    }

    @Test
    void pingsAreAnsweredHere() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            socket.send(FINAL | PING, "p".getBytes(UTF_8));
            Frame frame = socket.receive();
            while (frame.opcode() == PING) {
                frame = socket.receive();
            }
            assertEquals(PONG, frame.opcode());
            assertEquals("p", frame.text());
        }
    }

    @Test
    void aClientThatAnswersPingsStays() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            for (int i = 0; i < 10; i++) {
                assertEquals(PING, socket.receive().opcode());
                socket.send(FINAL | PONG, new byte[0]);
            }
            assertEquals("x", next(socket.send("x")).text());
        }
    }

    @Test
    void aClientThatDoesNotIsLeft() throws Exception {
        try (RawWebSocket socket = connect("me")) {
            assertEquals(PING, socket.receive().opcode());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void aFarSideThatDoesNotIsLeft() throws Exception {
        house.app.on("/dead", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.receive();
            socket.send("welcome");
            for (int octet = 0; octet >= 0; octet = wire.in().read()) {
                // It reads, and says nothing.
            }
        });
        try (RawWebSocket socket = connect("/dead", "me")) {
            assertEquals(PING, socket.receive().opcode());
            socket.send(FINAL | PONG, new byte[0]);
            assertTrue(socket.isOver());
        }
    }

    @Test
    void aClientThatIsNotKnownIsNotLetIn() throws Exception {
        try (RawWebSocket socket = connect("you")) {
            assertEquals(1000, socket.receive().code());
            assertTrue(socket.isOver());
        }
        assertEquals(0, house.app.connections());
    }

    @Test
    void aClientThatSaysNothingIsLeft() throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            assertEquals("who?", socket.receive().text());
            assertEquals(CLOSE, socket.receive().opcode());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void noTextIsNoAnswer() throws Exception {
        for (int first : new int[] {FINAL | BINARY, TEXT}) {
            try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
                socket.receive();
                socket.send(first, "me".getBytes(UTF_8));
                assertEquals(1000, socket.receive().code());
            }
        }
        try (RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo")) {
            socket.receive();
            socket.sendRaw((byte) 0x81, (byte) 2, (byte) 'm', (byte) 'e');
            assertEquals(1002, socket.receive().code());
        }
        assertEquals(0, house.app.connections());
    }

    @Test
    void aFarSideThatRefusesEndsIt() throws Exception {
        house.app.on("/refuses", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.receive();
            socket.send("go");
            echo(socket);
        });
        for (String path : new String[] {"/refuses", "/nowhere"}) {
            try (RawWebSocket socket = connect(path, "me")) {
                assertEquals(1011, next(socket).code());
                assertTrue(socket.isOver());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4001, 4001", "1000, 1000", "1005, 1000", "1015, 1000", "7, 1000"})
    void aFarewellIsPassedOn(int said, int heard) throws Exception {
        try (RawWebSocket socket = connect("me")) {
            socket.send(FINAL | CLOSE, new byte[] {(byte) (said >> 8), (byte) said});
            assertEquals(heard, next(socket).code());
            assertEquals(heard, got.poll(20, TimeUnit.SECONDS).code());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void aClientThatGoesEndsIt() throws Exception {
        connect("me").close();
        assertEquals(1011, got.poll(20, TimeUnit.SECONDS).code());
    }

    @Test
    void aFarSideThatGoesEndsIt() throws Exception {
        house.app.on("/gone", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.receive();
            socket.send("welcome");
            socket.receive();
            wire.close();
        });
        try (RawWebSocket socket = connect("/gone", "me")) {
            assertEquals(1011, next(socket.send("x")).code());
            assertTrue(socket.isOver());
        }
    }

    /** It takes nothing, so that the far side's message can never be written. */
    @Test
    void aClientThatReadsNothingIsLeft() throws Exception {
        house.app.on("/flood", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.receive();
            socket.send("welcome");
            byte[] piece = new byte[MIB];
            for (int i = 0; i < 40; i++) {
                socket.send(FINAL | BINARY, piece);
            }
        });
        try (RawWebSocket socket = connect("/flood", "me")) {
            house.awaitNothingHeld();
            assertTrue(socket.socket().isConnected());
        }
    }

    private RawWebSocket connect(String word) throws IOException {
        return connect("/echo", word);
    }

    private RawWebSocket connect(String path, String word) throws IOException {
        RawWebSocket socket = RawWebSocket.connect(house.uri(), path);
        assertEquals("who?", socket.receive().text());
        return socket.send(word);
    }

    /** What comes next but for questions after our life, which are answered. */
    private static Frame next(RawWebSocket socket) throws IOException {
        Frame frame = socket.receive();
        while (frame.opcode() == PING) {
            socket.send(FINAL | PONG, frame.content());
            frame = socket.receive();
        }
        return frame;
    }

    private void echo(RawWebSocket socket) throws IOException {
        while (true) {
            Frame frame = next(socket);
            got.add(frame);
            socket.send(frame.first(), frame.content());
            if (frame.opcode() == CLOSE) {
                return;
            }
        }
    }
}
