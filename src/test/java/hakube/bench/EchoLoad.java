package hakube.bench;

import hakube.testing.RawWebSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** WebSockets each of which sends a message of {@link StreamApp#MESSAGE} octets when the echo of the last one is there. */
final class EchoLoad {

    private static final int HEAD = 2;
    private static final int WARM_UP = 500;

    private EchoLoad() {}

    /**
     * One round.
     *
     * @param rate echoes a second
     * @param cpu processor time of the proxy for one, microseconds
     */
    record Round(double rate, double cpu) {}

    /** @param proxy process whose processor time is counted */
    static Round run(URI url, String cookie, int connections, Duration time, long proxy) throws Exception {
        List<RawWebSocket> sockets = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                RawWebSocket socket = RawWebSocket.connect(url, url.getPath(), "Cookie: " + cookie);
                sockets.add(socket);
                echo(socket, WARM_UP);
            }
            double before = Wrk.cpuSeconds(proxy);
            long start = System.nanoTime();
            List<Future<Long>> counts = new ArrayList<>();
            for (RawWebSocket socket : sockets) {
                counts.add(threads.submit(() -> echoUntil(socket, start + time.toNanos())));
            }
            long all = 0;
            for (Future<Long> count : counts) {
                all += count.get();
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Round(all / seconds, (Wrk.cpuSeconds(proxy) - before) * 1e6 / all);
        } finally {
            for (RawWebSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private static long echoUntil(RawWebSocket socket, long end) throws IOException {
        long count = 0;
        while (System.nanoTime() < end) {
            echo(socket, 1);
            count++;
        }
        return count;
    }

    private static void echo(RawWebSocket socket, int times) throws IOException {
        byte[] frame = socket.frame(RawWebSocket.FINAL | RawWebSocket.BINARY, new byte[StreamApp.MESSAGE]);
        byte[] answer = new byte[HEAD + StreamApp.MESSAGE];
        InputStream in = socket.socket().getInputStream();
        OutputStream out = socket.socket().getOutputStream();
        for (int i = 0; i < times; i++) {
            out.write(frame);
            if (in.readNBytes(answer, 0, answer.length) < answer.length) {
                throw new IOException("the WebSocket has ended: " + socket.head());
            }
            if (answer[0] != frame[0] || answer[1] != StreamApp.MESSAGE || answer[answer.length - 1] != 0) {
                throw new IOException("this is no echo");
            }
        }
    }
}
