package hakube.relay;

import static hakube.relay.MediatedHouse.MIB;
import static hakube.relay.MediatedHouse.logIn;
import static hakube.relay.MediatedHouse.next;
import static hakube.testing.RawWebSocket.BINARY;
import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static hakube.testing.RawWebSocket.PING;
import static hakube.testing.RawWebSocket.PONG;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawWebSocket;
import hakube.testing.RawWebSocket.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How it ends when somebody stands between the two sides of a WebSocket. After each test nothing is left of it. */
class MediationEndTest {

    /** For those that give no sign of life. */
    private static final Duration SHORT = Duration.ofMillis(500);

    private MediatedHouse house;

    @BeforeEach
    void open() throws IOException {
        house = new MediatedHouse();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        house.close();
    }

    @Test
    void pingsAreAnsweredHere() throws Exception {
        try (RawWebSocket socket = house.connect("me")) {
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
        try (MediatedHouse hasty = hasty(Duration.ofSeconds(2));
                RawWebSocket socket = hasty.connect("me")) {
            for (int i = 0; i < 3; i++) {
                assertEquals(PING, socket.receive().opcode());
                socket.send(FINAL | PONG, new byte[0]);
            }
            assertEquals("x", next(socket.send("x")).text());
        }
    }

    @Test
    void aClientThatDoesNotIsLeft() throws Exception {
        try (MediatedHouse hasty = hasty(SHORT);
                RawWebSocket socket = hasty.connect("me")) {
            assertEquals(PING, socket.receive().opcode());
            assertFarewell(socket);
        }
    }

    /** Only a few may send a large message at a time: it answers all questions, and keeps the others waiting. */
    @Test
    void aClientThatDoesNotEndALargeMessageIsLeft() throws Exception {
        try (MediatedHouse hasty = hasty(Duration.ofSeconds(2));
                RawWebSocket socket = hasty.connect("me")) {
            socket.send(BINARY, new byte[100_000]);
            Frame frame = socket.receive();
            for (int i = 0; i < 300 && frame.opcode() == PING; i++) {
                socket.send(FINAL | PONG, frame.content());
                frame = socket.receive();
            }
            assertEquals(CLOSE, frame.opcode());
            assertEquals(1013, frame.code());
            assertEquals(1013, hasty.got().code());
        }
    }

    @Test
    void aFarSideThatDoesNotIsLeft() throws Exception {
        try (MediatedHouse hasty = hasty(SHORT)) {
            hasty.app.on("/dead", (request, wire) -> {
                RawWebSocket socket = logIn(RawWebSocket.accept(request, wire));
                for (int octet = 0; octet >= 0; octet = wire.in().read()) {
                    // It reads, and says nothing.
                }
            });
            try (RawWebSocket socket = hasty.connect("/dead", "me")) {
                assertEquals(PING, socket.receive().opcode());
                socket.send(FINAL | PONG, new byte[0]);
                assertFarewell(socket);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"4001, 4001", "1000, 1000", "1005, 1000", "1015, 1000", "7, 1000"})
    void aFarewellIsPassedOn(int said, int heard) throws Exception {
        try (RawWebSocket socket = house.connect("me")) {
            socket.send(FINAL | CLOSE, new byte[] {(byte) (said >> 8), (byte) said});
            assertEquals(heard, next(socket).code());
            assertEquals(heard, house.got().code());
            assertTrue(socket.isOver());
        }
    }

    @Test
    void aClientThatGoesEndsIt() throws Exception {
        house.connect("me").close();
        assertEquals(1011, house.got().code());
    }

    @Test
    void aFarSideThatGoesEndsIt() throws Exception {
        house.app.on("/gone", (request, wire) -> {
            RawWebSocket socket = logIn(RawWebSocket.accept(request, wire));
            socket.receive();
            wire.close();
        });
        try (RawWebSocket socket = house.connect("/gone", "me")) {
            assertEquals(1011, next(socket.send("x")).code());
            assertTrue(socket.isOver());
        }
    }

    /** It takes nothing, so that the far side's message can never be written. */
    @Test
    void aClientThatReadsNothingIsLeft() throws Exception {
        CountDownLatch cut = new CountDownLatch(1);
        try (MediatedHouse hasty = hasty(SHORT)) {
            hasty.app.on("/flood", (request, wire) -> {
                RawWebSocket socket = logIn(RawWebSocket.accept(request, wire));
                byte[] piece = new byte[MIB];
                try {
                    for (int i = 0; i < 40; i++) {
                        socket.send(FINAL | BINARY, piece);
                    }
                } catch (IOException end) {
                    cut.countDown();
                }
            });
            try (RawWebSocket socket = hasty.connect("/flood", "me")) {
                Eventually.opens("the far side is cut off in the middle", cut);
                hasty.awaitNothingHeld();
                assertFalse(socket.socket().isClosed(), "it did not go by itself");
            }
        }
    }

    /** Where a sign of life has to come soon. */
    private static MediatedHouse hasty(Duration answer) throws IOException {
        return MediatedHouse.hasty(Eventually.SOON, answer);
    }

    /** The end, before which there may be another question and a farewell. */
    private static void assertFarewell(RawWebSocket socket) throws IOException {
        try {
            while (true) {
                int opcode = socket.receive().opcode();
                assertTrue(opcode == PING || opcode == CLOSE, "opcode " + opcode);
            }
        } catch (EOFException | SocketException end) {
            // Nothing else was to come.
        }
    }
}
