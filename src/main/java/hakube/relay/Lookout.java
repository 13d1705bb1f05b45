package hakube.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Looks after what waits. A thread that waits for an app sees neither that its client has gone, nor that the app takes nothing any more,
 * nor does one that writes to a client see that nobody reads; one thread looks at all of them each second, so that exchanges that go well pay nothing for it.
 */
final class Lookout implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Lookout.class.getName());

    private final Limits limits;
    private final Runnable alsoEachRound;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean isStarted = new AtomicBoolean();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * How long is waited.
     *
     * @param round from one look to the next
     * @param answer after so long without an answer the client is watched
     * @param sending for an app that takes nothing of what it is sent
     * @param taking for a client that takes nothing of what it is sent: long enough for a film to be stopped and go on
     * @param body for a client to send a body that must be whole before it goes on, since few can at a time
     * @param handshake for an app to agree to a WebSocket, from the dialling on
     * @param farewell for a client to read what it is told before its connection ends
     * @param quiet after so long without a message of an app its WebSocket waits without a thread
     */
    record Limits(
            Duration round,
            Duration answer,
            Duration sending,
            Duration taking,
            Duration body,
            Duration handshake,
            Duration farewell,
            Duration quiet) {
        static final Limits USUAL = new Limits(
                Duration.ofSeconds(1),
                Patience.ANSWER,
                Patience.SENDING,
                Patience.TAKING,
                Duration.ofSeconds(600),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
    }

    Lookout(Limits limits, Runnable alsoEachRound) {
        this.limits = limits;
        this.alsoEachRound = alsoEachRound;
    }

    /** Begins to look after an exchange; to be closed at its end. */
    Watch watch(ClientWire client) {
        return watch(client.socket(), client::cut);
    }

    /**
     * @param client what it sends next, waiting for that; null at its end
     * @param ending ends its connection
     */
    Watch watch(Supplier<byte[]> client, Runnable ending) {
        if (!isStarted.get() && isStarted.compareAndSet(false, true)) {
            Thread.ofVirtual().name("relay-lookout").start(this::run);
        }
        Watch watch = new Watch(client, ending);
        watches.add(watch);
        return watch;
    }

    Duration body() {
        return limits.body();
    }

    Duration handshake() {
        return limits.handshake();
    }

    Duration farewell() {
        return limits.farewell();
    }

    Duration quiet() {
        return limits.quiet();
    }

    int size() {
        return watches.size();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void run() {
        try {
            while (!closed.await(limits.round().toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            long now = System.nanoTime();
            watches.forEach(watch -> watch.look(now));
            alsoEachRound.run();
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "What waits was not looked after this time", failure);
        }
    }

    /** One exchange. Its times are set by the thread that serves it, and read by the one that looks. */
    final class Watch implements AutoCloseable {

        private final Supplier<byte[]> client;
        private final Runnable ending;
        private final AtomicBoolean isClientTaken = new AtomicBoolean();
        private final AtomicReference<FarConnection> far = new AtomicReference<>();
        /** Since when; 0: it does not. */
        private volatile long waits;

        private volatile long sends;
        private volatile long tells;
        /** When all must be over; 0: never. */
        private volatile long end;

        /** When the client must have sent what it is waited for; 0: never. */
        private volatile long clientEnd;

        private volatile boolean isRequestRead;
        private volatile boolean hasGone;

        private Watch(Supplier<byte[]> client, Runnable ending) {
            this.client = client;
            this.ending = ending;
        }

        /** What is closed when there is nothing to wait for any more; at once if there is not. */
        void over(FarConnection connection) {
            far.set(connection);
            if (hasGone) {
                cut();
            }
        }

        /**
         * The connection is no longer closed from here.
         *
         * @return false when it was already, so that it is of no use
         */
        boolean release() {
            return far.getAndSet(null) != null;
        }

        /** From now on, and not only for one wait; zero is no limit. */
        void endsWithin(Duration limit) {
            end = limit.isZero() ? 0 : System.nanoTime() + limit.toNanos() | 1;
        }

        /** From now on the client is waited for, and its connection ends then; zero is no limit. */
        void clientEndsWithin(Duration limit) {
            clientEnd = limit.isZero() ? 0 : System.nanoTime() + limit.toNanos() | 1;
        }

        /** The client has sent all of its request: from now on it may be watched. */
        void requestIsRead() {
            isRequestRead = true;
        }

        /** From now on it is waited for what the far side has to say. */
        void waits() {
            waits = System.nanoTime();
        }

        void waitsNoMore() {
            waits = 0;
        }

        /** Writes to the far side, which is cut if it takes nothing. By one thread at a time. */
        void write(FarConnection connection, byte[] bytes, int offset, int length) throws IOException {
            sends = System.nanoTime();
            try {
                connection.write(bytes, offset, length);
            } finally {
                sends = 0;
            }
        }

        /** Writes to the client, whose connection ends if it takes nothing. By one thread at a time. */
        void tell(ClientWire to, byte[] bytes, int offset, int length) throws ClientWire.ClientGone {
            tells = System.nanoTime();
            try {
                to.write(bytes, offset, length);
            } finally {
                tells = 0;
            }
        }

        /** Whether the client went while it was waited for the far side. */
        boolean clientHasGone() {
            return hasGone;
        }

        @Override
        public void close() {
            watches.remove(this);
        }

        /**
         * No client is watched from now on that was not before.
         *
         * @return false when the client was: what it sent meanwhile is lost, and its connection must end
         */
        boolean leavesClient() {
            return isClientTaken.compareAndSet(false, true);
        }

        private void look(long now) {
            long since = sends;
            boolean isTooLate = end != 0 && now - end > 0;
            if (isTooLate || since != 0 && now - since > limits.sending().toNanos()) {
                cut();
            }
            since = tells;
            boolean isStuck =
                    since != 0 && (isTooLate || now - since > limits.taking().toNanos());
            if (isStuck || clientEnd != 0 && now - clientEnd > 0) {
                ending.run();
            }
            since = waits;
            boolean isLong = since != 0 && now - since > limits.answer().toNanos();
            if (isLong && isRequestRead && isClientTaken.compareAndSet(false, true)) {
                Thread.ofVirtual().name("relay-client").start(this::awaitClientsEnd);
            }
        }

        private void awaitClientsEnd() {
            while (isOpen(client)) {
                // What a client sends before it has its answer would be another request; it will send it again.
            }
            hasGone = true;
            cut();
        }

        private void cut() {
            FarConnection connection = far.getAndSet(null);
            if (connection != null) {
                connection.close();
            }
        }

        private static boolean isOpen(Supplier<byte[]> client) {
            try {
                return client.get() != null;
            } catch (UncheckedIOException failure) {
                return failure.getCause() instanceof SocketTimeoutException;
            }
        }
    }
}
