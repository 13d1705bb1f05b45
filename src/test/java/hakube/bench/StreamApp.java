package hakube.bench;

import hakube.testing.LoopbackApp;
import hakube.testing.LoopbackApp.Request;
import hakube.testing.LoopbackApp.Wire;
import hakube.testing.RawWebSocket;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * An app for large bodies and WebSockets, as cheap as Java allows: {@code /download} sends {@link #LENGTH} octets, {@code /upload} drops
 * what it gets and tells how much it was, {@code /echo} sends back each frame of {@link #MESSAGE} octets.
 */
final class StreamApp {

    /** 1 GiB. */
    static final long LENGTH = 1L << 30;
    /** Less than 126, so that the length fits into a frame's second octet. */
    static final int MESSAGE = 100;

    private static final int PIECE = 64 * 1024;
    private static final int MASK = 4;
    private static final int HEAD = 2;

    private StreamApp() {}

    static LoopbackApp listen(InetSocketAddress address) throws IOException {
        LoopbackApp app = LoopbackApp.listen(address.getHostString(), address.getPort());
        app.on("/download", (request, wire) -> download(wire));
        app.on("/upload", StreamApp::upload);
        app.on("/echo", StreamApp::echo);
        return app;
    }

    private static void download(Wire wire) throws IOException {
        wire.say("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + LENGTH + "\r\n\r\n");
        byte[] piece = new byte[PIECE];
        for (long sent = 0; sent < LENGTH; sent += PIECE) {
            wire.out().write(piece);
        }
    }

    private static void upload(Request request, Wire wire) throws IOException {
        long length = Long.parseLong(request.first("Content-Length").orElseThrow());
        byte[] piece = new byte[PIECE];
        long got = 0;
        while (got < length) {
            int count = wire.in().read(piece, 0, (int) Math.min(PIECE, length - got));
            if (count < 0) {
                throw new EOFException();
            }
            got += count;
        }
        wire.say(LoopbackApp.answer(Long.toString(got)));
    }

    private static void echo(Request request, Wire wire) throws IOException {
        RawWebSocket.accept(request, wire);
        byte[] frame = new byte[HEAD + MASK + MESSAGE];
        byte[] answer = new byte[HEAD + MESSAGE];
        while (wire.in().readNBytes(frame, 0, frame.length) == frame.length) {
            answer[0] = frame[0];
            answer[1] = MESSAGE;
            for (int i = 0; i < MESSAGE; i++) {
                answer[HEAD + i] = (byte) (frame[HEAD + MASK + i] ^ frame[HEAD + (i & 3)]);
            }
            wire.out().write(answer);
        }
        wire.close();
    }
}
