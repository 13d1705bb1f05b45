package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.LiveThreads;
import hakube.testing.LoopbackApp;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Clients before a {@link RelayHouse} with the front. */
abstract class FrontCase {

    static final Duration DEADLINE = Duration.ofSeconds(20);
    static final String PLAIN = "GET /%s HTTP/1.1\r\nHost: x\r\n\r\n";

    /** Threads that serve connections which the front has accepted. */
    static List<String> serving() throws IOException {
        return LiveThreads.named("[api ").stream()
                .filter(name -> name.endsWith("WebServer socket"))
                .toList();
    }

    static Socket connect(RelayHouse house) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(new InetSocketAddress("127.0.0.1", house.uri().getPort()));
        socket.setSoTimeout((int) DEADLINE.toMillis());
        return socket;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Up to and with that text. */
    static String until(Socket socket, String end) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            assertTrue(next >= 0, () -> "ended after " + read);
            read.append((char) next);
        }
        return read.toString();
    }

    /** Answers {@code after all, } and the request's target to {@code /slow}, when it is told to. */
    record SlowApp(Semaphore asked, CountDownLatch thought) {

        static SlowApp of(RelayHouse house) {
            SlowApp slow = new SlowApp(new Semaphore(0), new CountDownLatch(1));
            house.app.on("/slow", (request, wire) -> {
                LoopbackApp.body(request, wire);
                slow.asked.release();
                Eventually.opens("the app has thought", slow.thought);
                wire.say(LoopbackApp.answer("after all, " + request.target()));
            });
            return slow;
        }

        /** Waits for so many requests. */
        void isAsked(int times) throws InterruptedException {
            assertTrue(asked.tryAcquire(times, DEADLINE.toSeconds(), TimeUnit.SECONDS), "the app is not asked");
        }

        void answer() {
            thought.countDown();
        }
    }
}
