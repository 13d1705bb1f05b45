package hakube.relay;

import static hakube.relay.MediatedHouse.MIB;
import static hakube.relay.MediatedHouse.logIn;
import static hakube.relay.MediatedHouse.next;
import static hakube.testing.RawWebSocket.BINARY;
import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static hakube.testing.RawWebSocket.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawWebSocket;
import hakube.testing.RawWebSocket.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody between the two sides of a WebSocket. After each test nothing is left of it. */
class MediationTest {

    private MediatedHouse house;

    @BeforeEach
    void open() throws IOException {
        house = new MediatedHouse();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        house.close();
    }

    /** What was not passed on must be closed by who made it, and by nobody else. */
    @Test
    void theMediatorOfARefusedWebSocketIsLeftToItsOwner() throws Exception {
        try (RawWebSocket socket = house.refused("Content-Length: 1")) {
            assertTrue(socket.head().startsWith("HTTP/1.1 400 "), socket.head());
        }
        house.awaitNothingHeld();
        assertEquals(0, house.mediatorsClosed());

        house.visit().close();
        Eventually.holds("it is closed", Duration.ofSeconds(20), () -> house.mediatorsClosed() == 1);
    }

    @Test
    void messagesPassWhenBothSidesAreIn() throws Exception {
        try (RawWebSocket socket = house.connect("me")) {
            assertEquals("x", next(socket.send("x")).text());
            byte[] octets = {0, 1, 2, (byte) 0xff};
            assertArrayEquals(octets, next(socket.send(FINAL | BINARY, octets)).content());
        }
    }

    @Test
    void whatMustNotPassIsAnsweredHere() throws Exception {
        try (RawWebSocket socket = house.connect("me")) {
            assertEquals("no!", next(socket.send("no")).text());
            socket.send(TEXT, "n".getBytes(UTF_8)).send(FINAL, "o".getBytes(UTF_8));
            assertEquals("no!", next(socket).text());
            assertEquals("x", next(socket.send("x")).text());
            assertEquals("x", house.got().text());
        }
    }

    @Test
    void largeMessagesPass() throws Exception {
        try (RawWebSocket socket = house.connect("me")) {
            byte[] large = new byte[4 * MIB];
            Arrays.fill(large, (byte) 'x');
            assertArrayEquals(large, next(socket.send(FINAL | TEXT, large)).content());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4L * MIB + 1, 64L * MIB, Long.MAX_VALUE})
    void tooLargeAMessageEndsBothSides(long length) throws Exception {
        try (RawWebSocket socket = house.connect("me")) {
            socket.sendRaw(ByteBuffer.allocate(14)
                    .put((byte) (FINAL | BINARY))
                    .put((byte) 0xff)
                    .putLong(length)
                    .array());
            assertEquals(1009, next(socket).code());
            assertEquals(1009, house.got().code());
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 0", "64, 1"})
    void theFarSideHasAnotherLimit(int mib, int more) throws Exception {
        house.app.on("/large", (request, wire) -> {
            RawWebSocket socket = logIn(RawWebSocket.accept(request, wire));
            byte[] piece = new byte[MIB];
            for (int i = 0; i < mib; i++) {
                socket.send((i == 0 ? BINARY : 0) | (i == mib - 1 && more == 0 ? FINAL : 0), piece);
            }
            if (more > 0) {
                socket.send(FINAL, new byte[more]);
            }
            house.echo(socket);
        });
        try (RawWebSocket socket = house.connect("/large", "me")) {
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

    /** As long as a message may be, and in a single frame; it passes as it comes. */
    @Test
    void aFrameOf64MibPasses() throws Exception {
        house.app.on("/large", (request, wire) -> {
            RawWebSocket socket = logIn(RawWebSocket.accept(request, wire));
            sayHead(socket, 64L * MIB);
            byte[] piece = new byte[MIB];
            for (int i = 0; i < 64; i++) {
                Arrays.fill(piece, (byte) i);
                socket.sendRaw(piece);
            }
            house.echo(socket);
        });
        try (RawWebSocket socket = house.connect("/large", "me")) {
            Frame frame = next(socket);
            assertEquals(FINAL | BINARY, frame.first());
            assertEquals(64 * MIB, frame.content().length);
            for (int i = 0; i < 64; i++) {
                assertEquals(i, frame.content()[i * MIB]);
                assertEquals(i, frame.content()[(i + 1) * MIB - 1]);
            }
            assertEquals("x", next(socket.send("x")).text());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {64L * MIB + 1, Long.MAX_VALUE})
    void aLargerFrameDoesNot(long length) throws Exception {
        house.app.on("/large", (request, wire) -> {
            RawWebSocket socket = logIn(RawWebSocket.accept(request, wire));
            sayHead(socket, length);
            house.echo(socket);
        });
        try (RawWebSocket socket = house.connect("/large", "me")) {
            assertEquals(1009, next(socket).code());
            assertEquals(1009, house.got().code());
        }
    }

    private static void sayHead(RawWebSocket socket, long length) throws IOException {
        socket.sendRaw(ByteBuffer.allocate(10)
                .put((byte) (FINAL | BINARY))
                .put((byte) 127)
                .putLong(length)
                .array());
    }

    @Test
    void aClientThatIsNotKnownIsNotLetIn() throws Exception {
        try (RawWebSocket socket = house.connect("you")) {
            assertEquals(1000, socket.receive().code());
            assertTrue(socket.isOver());
        }
        assertEquals(0, house.app.connections());
    }

    @Test
    void aClientThatSaysNothingIsLeft() throws Exception {
        try (MediatedHouse hasty = MediatedHouse.hasty(Duration.ofMillis(500), Eventually.SOON);
                RawWebSocket socket = hasty.visit()) {
            assertEquals(CLOSE, socket.receive().opcode());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void noTextIsNoAnswer() throws Exception {
        for (int first : new int[] {FINAL | BINARY, TEXT}) {
            try (RawWebSocket socket = house.visit()) {
                socket.send(first, "me".getBytes(UTF_8));
                assertEquals(1000, socket.receive().code());
            }
        }
        try (RawWebSocket socket = house.visit()) {
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
            house.echo(socket);
        });
        for (String path : new String[] {"/refuses", "/nowhere"}) {
            try (RawWebSocket socket = house.connect(path, "me")) {
                assertEquals(1011, next(socket).code());
                assertTrue(socket.isOver());
            }
        }
    }
}
