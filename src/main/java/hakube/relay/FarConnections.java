package hakube.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections to far sides; those that may serve another request are kept for a moment. */
final class FarConnections {

    private final Map<Place, ConcurrentLinkedDeque<FarConnection>> resting = new ConcurrentHashMap<>();
    private final AtomicInteger atRest = new AtomicInteger();

    /** What must be the same for two requests to share a connection. */
    private record Place(InetSocketAddress address, Layer layer) {}

    /** One that rests, or a new one. */
    FarConnection any(InetSocketAddress address, Layer layer) throws IOException {
        ConcurrentLinkedDeque<FarConnection> kept = resting.get(new Place(address, layer));
        long now = System.nanoTime();
        for (FarConnection connection = kept == null ? null : kept.pollFirst();
                connection != null;
                connection = kept.pollFirst()) {
            atRest.decrementAndGet();
            if (now - connection.idleSince() < Patience.REST.toNanos()) {
                return connection;
            }
            connection.close();
        }
        return fresh(address, layer);
    }

    FarConnection fresh(InetSocketAddress address, Layer layer) throws IOException {
        return FarConnection.open(address, layer, (int) Patience.CONNECT.toMillis());
    }

    /** Keeps one whose answer was read to its end. */
    void rest(FarConnection connection) {
        if (!connection.isSilent() || atRest.incrementAndGet() > Patience.MOST_AT_REST) {
            if (connection.isSilent()) {
                atRest.decrementAndGet();
            }
            connection.close();
            return;
        }
        connection.rest(System.nanoTime());
        // Not beside the map: a deque that is let go meanwhile would take the connection with it.
        resting.compute(new Place(connection.address(), connection.layer()), (place, kept) -> {
            ConcurrentLinkedDeque<FarConnection> all = kept == null ? new ConcurrentLinkedDeque<>() : kept;
            all.addFirst(connection);
            return all;
        });
    }

    /** Ends those that rest for too long. */
    void tidy() {
        closeOlderThan(Patience.REST.toNanos());
    }

    void closeAll() {
        closeOlderThan(Long.MIN_VALUE);
    }

    /** To how many far sides something is kept. */
    int places() {
        return resting.size();
    }

    private void closeOlderThan(long nanos) {
        long now = System.nanoTime();
        for (Place place : resting.keySet()) {
            resting.computeIfPresent(place, (same, kept) -> {
                closeOlderThan(nanos, now, kept);
                return kept.isEmpty() ? null : kept;
            });
        }
    }

    private void closeOlderThan(long nanos, long now, ConcurrentLinkedDeque<FarConnection> kept) {
        // The one at the end rests for the longest time.
        for (FarConnection last = kept.peekLast();
                last != null && now - last.idleSince() > nanos;
                last = kept.peekLast()) {
            if (kept.removeLastOccurrence(last)) {
                atRest.decrementAndGet();
                last.close();
            }
        }
    }
}
