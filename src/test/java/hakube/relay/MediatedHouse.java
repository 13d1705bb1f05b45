package hakube.relay;

import static hakube.testing.RawWebSocket.CLOSE;
import static hakube.testing.RawWebSocket.FINAL;
import static hakube.testing.RawWebSocket.PING;
import static hakube.testing.RawWebSocket.PONG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.Eventually;
import hakube.testing.LoopbackApp;
import hakube.testing.RawWebSocket;
import hakube.testing.RawWebSocket.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A relay that stands between the sides of a WebSocket, an app that answers {@code /echo} with what it got, and a client. */
final class MediatedHouse implements AutoCloseable {

    static final int MIB = 1024 * 1024;

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    /** For the rest of a client's large message, in a hasty house. */
    private static final Duration MESSAGE = Duration.ofSeconds(3);

    final LoopbackApp app;
    private final RelayHouse house;
    /** What the app got after its log-in, but for pings. */
    private final BlockingQueue<Frame> got = new LinkedBlockingQueue<>();

    MediatedHouse() throws IOException {
        this(new RelayHouse());
    }

    /** Where nobody is waited for long: not for a client's first word, nor for a sign of life, nor for the rest of a large message. */
    static MediatedHouse hasty(Duration admission, Duration answer) throws IOException {
        return new MediatedHouse(new RelayHouse(new Pulse.Times(admission, Duration.ofMillis(100), answer, MESSAGE)));
    }

    private MediatedHouse(RelayHouse around) {
        house = around.mediates();
        app = house.app;
        app.on("/echo", (request, wire) -> echo(logIn(RawWebSocket.accept(request, wire))));
    }

    /** As an app does it that takes what it is told. */
    static RawWebSocket logIn(RawWebSocket socket) throws IOException {
        assertEquals("us", socket.receive().text());
        return socket.send("welcome");
    }

    /** A client that was asked who it is, and has not answered. */
    RawWebSocket visit() throws IOException {
        RawWebSocket socket = RawWebSocket.connect(house.uri(), "/echo");
        assertEquals("who?", socket.receive().text());
        return socket;
    }

    /** A client that asks in a way of which nothing comes. */
    RawWebSocket refused(String... headers) throws IOException {
        return RawWebSocket.connect(house.uri(), "/echo", headers);
    }

    int mediatorsClosed() {
        return house.mediatorsClosed.get();
    }

    RawWebSocket connect(String word) throws IOException {
        return connect("/echo", word);
    }

    RawWebSocket connect(String path, String word) throws IOException {
        RawWebSocket socket = RawWebSocket.connect(house.uri(), path);
        assertEquals("who?", socket.receive().text());
        return socket.send(word);
    }

    /** What comes next but for questions after our life, which are answered. */
    static Frame next(RawWebSocket socket) throws IOException {
        Frame frame = socket.receive();
        while (frame.opcode() == PING) {
            socket.send(FINAL | PONG, frame.content());
            frame = socket.receive();
        }
        return frame;
    }

    void echo(RawWebSocket socket) throws IOException {
        while (true) {
            Frame frame = next(socket);
            got.add(frame);
            socket.send(frame.first(), frame.content());
            if (frame.opcode() == CLOSE) {
                return;
            }
        }
    }

    /** What the app got next. */
    Frame got() throws InterruptedException {
        return Eventually.next("the app gets something", got);
    }

    /** The relay holds nothing more. */
    void awaitNothingHeld() throws Exception {
        house.awaitNothingHeld();
    }

    /** Once nothing is left of any connection. */
    @Override
    public void close() throws Exception {
        awaitNothingHeld();
        Eventually.holds("no connection is left", DEADLINE, () -> app.open() == 0);
        house.close();
    }
}
