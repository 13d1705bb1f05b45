package hakube.front;

import hakube.relay.HttpRelay;
import hakube.relay.KeepAlive;
import hakube.relay.SmallAnswer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Waits for all connections at once. What takes long, or waits, gets a thread of its own and may come back. */
final class EventLoop {

    static final byte[] EMPTY = {};
    static final ByteBuffer NOTHING = ByteBuffer.wrap(EMPTY);

    private static final Logger LOG = Logger.getLogger(EventLoop.class.getName());
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final Duration LAST_ROUNDS = Duration.ofMillis(20);
    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final long AFTER_FAILURE = Duration.ofMillis(100).toNanos();
    private static final int MOST_SPARE = 32;

    private final ServerSocketChannel listening;
    private final ServerSide server;
    private final Shortcut shortcut;
    private final HttpRelay relay;
    private final Duration grace;
    private final Selector selector;
    private final FarEnds fars;
    private final ServedConnections served;
    private final Queue<SocketChannel> coming = new ConcurrentLinkedQueue<>();
    private final CountDownLatch hasEnded = new CountDownLatch(1);
    private final byte[] answer = new byte[SmallAnswer.LARGEST];
    private final Deque<byte[]> spare = new ArrayDeque<>();
    private byte[] buffer = new byte[SmallAnswer.LARGEST];
    private List<Runnable> leaving = new ArrayList<>();
    private long looked = System.nanoTime();
    private long lookedForIdle = looked;

    /** When what is still under way is ended; 0: nobody has said that it shall stop. */
    private volatile long end;

    /**
     * @param listening bound, in blocking mode
     * @param grace how long what is under way may go on when all is to end
     */
    EventLoop(ServerSocketChannel listening, ServerSide server, Shortcut shortcut, HttpRelay relay, Duration grace)
            throws IOException {
        this.grace = grace;
        this.listening = listening;
        this.server = server;
        this.shortcut = shortcut;
        this.relay = relay;
        this.selector = Selector.open();
        this.fars = new FarEnds(this, selector);
        this.served = new ServedConnections(server, this::comeBack);
    }

    void start() throws IOException {
        listening.configureBlocking(false);
        SelectionKey key = listening.register(selector, SelectionKey.OP_ACCEPT);
        key.attach(new Acceptor(this, listening, key));
        Thread.ofPlatform().name("front").start(this::run);
    }

    /**
     * Stops to listen. Requests that are served get a moment to end by themselves, for an interruption would take their answers; then they are
     * interrupted, and what does not end in time is cut off.
     */
    void stop() {
        end = System.nanoTime() + grace.toNanos() | 1;
        selector.wakeup();
        served.end(false);
        try {
            if (!hasEnded.await(MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
                served.end(true);
                hasEnded.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!isOver()) {
            try {
                selector.select(this::ready, end == 0 ? ROUND.toMillis() : LAST_ROUNDS.toMillis());
                takeComing();
                look(System.nanoTime());
                letGo();
            } catch (IOException | RuntimeException | Error failure) {
                LOG.log(Level.WARNING, "Connections were not looked after for a moment", failure);
                LockSupport.parkNanos(AFTER_FAILURE);
            }
        }
        served.cut();
        List.copyOf(selector.keys()).forEach(key -> end(key.channel(), key));
        takeComing();
        close(selector);
        hasEnded.countDown();
    }

    private boolean isOver() {
        return end != 0
                && (System.nanoTime() - end > 0
                        || served.isEmpty() && selector.keys().stream().noneMatch(EventLoop::isBusy));
    }

    private static boolean isBusy(SelectionKey key) {
        return key.attachment() instanceof NearEnd near && near.isBusy();
    }

    private void ready(SelectionKey key) {
        Party party = (Party) key.attachment();
        try {
            if (key.isValid()) {
                party.ready(key);
            }
        } catch (IOException failure) {
            party.broke(failure);
        } catch (RuntimeException | Error unforeseen) {
            LOG.log(Level.WARNING, "A connection failed", unforeseen);
            party.broke(new IOException(unforeseen));
        }
    }

    /** Those that leave must not be known to the selector any more, which forgets them when it looks. */
    private void letGo() throws IOException {
        while (!leaving.isEmpty()) {
            List<Runnable> now = leaving;
            leaving = new ArrayList<>();
            selector.selectNow(this::ready);
            now.forEach(Runnable::run);
        }
    }

    private void takeComing() {
        for (SocketChannel channel = coming.poll(); channel != null; channel = coming.poll()) {
            take(channel);
        }
    }

    /** One that has just been accepted. */
    void welcome(SocketChannel channel) {
        try {
            server.listener().config().connectionOptions().configureSocket(channel.socket());
            KeepAlive.set(channel);
            take(channel);
        } catch (IOException | UncheckedIOException gone) {
            close(channel);
        }
    }

    /** From now on it is waited for its next request. */
    private void take(SocketChannel channel) {
        boolean isTaken = false;
        try {
            if (end == 0) {
                channel.configureBlocking(false);
                SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
                key.attach(new NearEnd(this, channel, key));
                isTaken = true;
            }
        } catch (IOException gone) {
            LOG.log(Level.FINEST, "A connection has ended", gone);
        } finally {
            if (!isTaken) {
                close(channel);
            }
        }
    }

    private void look(long now) {
        if (now - looked < ROUND.toNanos() && end == 0) {
            return;
        }
        looked = now;
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.isValid()) {
                ((Party) key.attachment()).look(now);
            }
        }
        if (now - lookedForIdle
                > server.listener().config().idleConnectionPeriod().toNanos()) {
            lookedForIdle = now;
            served.endIdle();
        }
    }

    /**
     * Leaves a connection to a thread of its own, which may give it back.
     *
     * @param ahead what was read of it
     */
    void serve(SocketChannel channel, SelectionKey key, byte[] ahead, ServedConnection.Service service) {
        key.cancel();
        leaving.add(() -> served.start(channel, ahead, service));
    }

    /** By the thread that has served it. */
    private void comeBack(SocketChannel channel) {
        if (isStopping()) {
            close(channel);
        } else {
            coming.add(channel);
            selector.wakeup();
        }
    }

    /** Whether it shall stop. */
    boolean isStopping() {
        return end != 0;
    }

    Shortcut shortcut() {
        return shortcut;
    }

    HttpRelay relay() {
        return relay;
    }

    /** For what is read; valid until the next read. */
    byte[] buffer() {
        return buffer;
    }

    /** As {@link #buffer}, but valid until it is given back. */
    byte[] keepBuffer() {
        byte[] kept = buffer;
        byte[] next = spare.poll();
        buffer = next == null ? new byte[SmallAnswer.LARGEST] : next;
        return kept;
    }

    void giveBack(byte[] kept) {
        if (spare.size() < MOST_SPARE) {
            spare.push(kept);
        }
    }

    /** For what goes to a client; valid until the next answer. */
    byte[] answer() {
        return answer;
    }

    /** Nanoseconds without a request that end a connection. */
    long idle() {
        return server.listener().config().idleConnectionTimeout().toNanos();
    }

    FarEnds fars() {
        return fars;
    }

    void end(SelectableChannel channel, SelectionKey key) {
        key.cancel();
        close(channel);
    }

    static void close(Closeable what) {
        try {
            what.close();
        } catch (IOException e) {
            LOG.log(Level.FINEST, "Not closed", e);
        }
    }
}
