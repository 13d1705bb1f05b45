package hakube.relay;

import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;

/** What a client sends after its head, read piece by piece. One thread reads. */
final class RequestBody {

    private static final int MOST_UNREAD = 256 * 1024;
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ServerRequest request;
    private InputStream stream;
    private volatile boolean isRead;

    private RequestBody(ServerRequest request) {
        this.request = request;
        this.isRead = !request.content().hasEntity();
    }

    static RequestBody of(ServerRequest request) {
        return new RequestBody(request);
    }

    /** Whether nothing of it is left. */
    boolean isRead() {
        return isRead;
    }

    /**
     * Reads what comes next, which tells a client that waits for it to go on.
     *
     * @return at least one octet, -1 at the end
     * @throws ClientWire.ClientGone the client went before the end
     * @throws io.helidon.http.RequestException what it sends is no body; its connection ends
     */
    int read(byte[] into, int offset, int length) throws ClientWire.ClientGone {
        if (isRead) {
            return -1;
        }
        try {
            if (stream == null) {
                stream = request.content().inputStream();
            }
            int count = stream.read(into, offset, length);
            isRead = count < 0;
            return count;
        } catch (IOException | UncheckedIOException | CloseConnectionException gone) {
            throw new ClientWire.ClientGone(gone);
        }
    }

    /**
     * Reads a little of what is left, so that a client that still sends gets to read its answer. At most {@link #FAREWELL}, then the
     * connection breaks.
     */
    void drain(ClientWire client) {
        boolean awaitsPermission = stream == null && request.headers().contains(HeaderValues.EXPECT_100);
        if (isRead || awaitsPermission) {
            return;
        }
        Signal done = new Signal();
        Thread.ofVirtual().name("relay-farewell").start(() -> {
            if (!done.comesWithin(FAREWELL)) {
                client.cut();
            }
        });
        byte[] rest = new byte[Buffers.SMALL];
        try {
            int total = 0;
            for (int count = 0; count >= 0 && total < MOST_UNREAD; count = read(rest, 0, rest.length)) {
                total += count;
            }
        } catch (IOException | RuntimeException end) {
            // Nobody is interested any more.
        } finally {
            done.give();
        }
    }
}
