package hakube.proxy;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many WebSockets to Core are open at once. Each one keeps a connection to Core as well, so there is a bound for all of them, and a
 * lower one for each app, so that no app keeps the others out. Before its first message nobody knows whose it is: until then the address
 * counts that it comes from.
 */
@Singleton
final class ProxySeats {

    /** Of all apps, those included that have not logged in yet. */
    static final int MOST = 1024;

    /** An app that opens one for each of its own users' pages has a few dozen. */
    static final int MOST_OF_AN_APP = 256;

    /** Of one address before they log in, which takes a moment. */
    static final int MOST_OF_AN_ADDRESS = 64;

    private final int most;
    private final Share apps;
    private final Share addresses;
    private final AtomicInteger taken = new AtomicInteger();

    @Inject
    ProxySeats() {
        this(MOST, MOST_OF_AN_APP, MOST_OF_AN_ADDRESS);
    }

    ProxySeats(int most, int mostOfAnApp, int mostOfAnAddress) {
        this.most = most;
        this.apps = new Share(mostOfAnApp);
        this.addresses = new Share(mostOfAnAddress);
    }

    /**
     * Takes one, to be closed with its WebSocket.
     *
     * @param address that it comes from
     * @return empty when all are taken, or all that such an address may have without a log-in
     */
    Optional<Seat> take(String address) {
        if (!addresses.take(address)) {
            return Optional.empty();
        }
        if (taken.incrementAndGet() > most) {
            taken.decrementAndGet();
            addresses.giveBack(address);
            return Optional.empty();
        }
        return Optional.of(new Seat(address));
    }

    /** How many are taken. */
    int taken() {
        return taken.get();
    }

    /** One of them. By one thread. */
    final class Seat implements AutoCloseable {

        /** Whom it counts for: an address, later an app. */
        private Share share = addresses;

        private String owner;

        private Seat(String address) {
            this.owner = address;
        }

        /**
         * It logs in.
         *
         * @param slug full slug of the app
         * @return false when that app has as many as one may have
         */
        boolean isFor(String slug) {
            if (!apps.take(slug)) {
                return false;
            }
            share.giveBack(owner);
            share = apps;
            owner = slug;
            return true;
        }

        @Override
        public void close() {
            taken.decrementAndGet();
            share.giveBack(owner);
        }
    }

    /** How many each of some owners has; nothing is kept of one that has none. */
    private record Share(int most, Map<String, Integer> counts) {

        private Share(int most) {
            this(most, new ConcurrentHashMap<>());
        }

        private boolean take(String owner) {
            if (counts.merge(owner, 1, Integer::sum) > most) {
                giveBack(owner);
                return false;
            }
            return true;
        }

        private void giveBack(String owner) {
            counts.computeIfPresent(owner, (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
        }
    }
}
