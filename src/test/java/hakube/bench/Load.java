package hakube.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A load generator of one thread, so that the server has a core of two for itself: each of its connections stays open and
 * sends the next request when the answer to the last one is there. An answer that is not 200 or has another length than
 * expected ends it with an error.
 */
final class Load {

    /** Microseconds; what took longer counts as the last. */
    private static final int LONGEST = 2_000_000;

    private static final long PATIENCE_MILLIS = 10_000;

    private final InetSocketAddress address;
    private final byte[] request;
    private final int length;

    /** @param length of each answer's body, in bytes */
    Load(URI server, String path, String token, int length) {
        this.address = new InetSocketAddress(server.getHost(), server.getPort());
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAuthorization: Bearer "
                        + token + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        this.length = length;
    }

    /** Answers and their times, in milliseconds. */
    record Result(long answers, double perSecond, double median, double p99, double longest) {

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%.0f/s, median %.2f ms, p99 %.2f ms, longest %.1f ms",
                    perSecond,
                    median,
                    p99,
                    longest);
        }
    }

    Result run(int connections, Duration time) throws IOException {
        int[] histogram = new int[LONGEST + 1];
        List<SocketChannel> channels = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int connection = 0; connection < connections; connection++) {
                SocketChannel channel = SocketChannel.open(address);
                channels.add(channel);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Exchange(length));
            }
            long start = System.nanoTime();
            for (SelectionKey key : selector.keys()) {
                send(key);
            }
            while (System.nanoTime() - start < time.toNanos()) {
                if (selector.select(key -> receive(key, histogram), PATIENCE_MILLIS) == 0) {
                    throw new IOException("no answer within " + PATIENCE_MILLIS + " ms");
                }
            }
            return result(histogram, System.nanoTime() - start);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        } finally {
            for (SocketChannel channel : channels) {
                channel.close();
            }
        }
    }

    private void send(SelectionKey key) throws IOException {
        ((Exchange) key.attachment()).begin();
        // A request is far smaller than an empty send buffer.
        if (((SocketChannel) key.channel()).write(ByteBuffer.wrap(request)) != request.length) {
            throw new IOException("a request did not fit into the send buffer");
        }
    }

    private void receive(SelectionKey key, int[] histogram) {
        try {
            Exchange exchange = (Exchange) key.attachment();
            if (exchange.isWholeAfter((SocketChannel) key.channel())) {
                histogram[(int) Math.min(LONGEST, exchange.micros())]++;
                send(key);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Result result(int[] histogram, long nanos) {
        long answers = 0;
        int longest = 0;
        for (int micros = 0; micros < histogram.length; micros++) {
            answers += histogram[micros];
            longest = histogram[micros] > 0 ? micros : longest;
        }
        return new Result(
                answers,
                answers / (nanos / 1e9),
                quantile(histogram, answers, 0.5),
                quantile(histogram, answers, 0.99),
                longest / 1e3);
    }

    private static double quantile(int[] histogram, long answers, double share) {
        long below = 0;
        int micros = 0;
        while (micros < LONGEST && below + histogram[micros] < answers * share) {
            below += histogram[micros++];
        }
        return micros / 1e3;
    }
}
