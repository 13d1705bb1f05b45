package hakube.proxy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many WebSockets to Core are open at once. Each one keeps a connection to Core as well, and before its first message nobody knows
 * whose it is; so there is a bound for all of them, and a lower one for each app, so that no app keeps the others out.
 */
@Singleton
final class ProxySeats {

    /** Of all apps, those included that have not logged in yet. */
    static final int MOST = 1024;

    /** An app that opens one for each of its own users' pages has a few dozen. */
    static final int MOST_OF_AN_APP = 256;

    private final int most;
    private final int mostOfAnApp;
    private final AtomicInteger taken = new AtomicInteger();
    private final Map<String, Integer> byApp = new ConcurrentHashMap<>();

    @Inject
    ProxySeats() {
        this(MOST, MOST_OF_AN_APP);
    }

    ProxySeats(int most, int mostOfAnApp) {
        this.most = most;
        this.mostOfAnApp = mostOfAnApp;
    }

    /** Takes one, to be closed with its WebSocket; empty when all are taken. */
    Optional<Seat> take() {
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            return Optional.empty();
        }
        return Optional.of(new Seat());
    }

    /** How many are taken. */
    int taken() {
        return taken.get();
    }

    /** One of them. By one thread. */
    final class Seat implements AutoCloseable {

        /** Full slug of whose it is, null until that is known. */
        private String app;

        private Seat() {}

        /** @return false when that app has as many as one may have */
        boolean isFor(String slug) {
            if (byApp.merge(slug, 1, Integer::sum) > mostOfAnApp) {
                giveBack(slug);
                return false;
            }
            app = slug;
            return true;
        }

        @Override
        public void close() {
            taken.decrementAndGet();
            if (app != null) {
                giveBack(app);
            }
        }
    }

    private void giveBack(String slug) {
        byApp.computeIfPresent(slug, (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
    }
}
