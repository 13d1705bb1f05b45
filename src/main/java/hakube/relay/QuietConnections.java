package hakube.relay;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Connections on which nothing happens. One thread waits for all of them, where each would have one of its own otherwise, with its stack:
 * a browser that is left open holds its WebSockets for days.
 */
final class QuietConnections implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(QuietConnections.class.getName());

    private final ReentrantLock starting = new ReentrantLock();
    private final Queue<Sleeper> arriving = new ConcurrentLinkedQueue<>();
    private final Queue<Sleeper> roused = new ConcurrentLinkedQueue<>();
    /** Null before the first one came. */
    private volatile Selector selector;

    private volatile boolean isClosed;

    /** One connection, and what follows. */
    final class Sleeper {

        private final SocketChannel channel;
        private final Runnable then;
        private final AtomicBoolean isAwake = new AtomicBoolean();
        private SelectionKey key;

        private Sleeper(SocketChannel channel, Runnable then) {
            this.channel = channel;
            this.then = then;
        }

        /** It has ended, which the selector is not told by the kernel. */
        void rouse() {
            roused.add(this);
            if (isClosed) {
                wake();
            } else {
                selector.wakeup();
            }
        }

        private boolean isRegistered() {
            try {
                key = channel.register(selector, SelectionKey.OP_READ, this);
                return true;
            } catch (ClosedChannelException ended) {
                return false;
            }
        }

        private void cancel() {
            if (key != null) {
                key.cancel();
            }
        }

        private void wake() {
            if (isAwake.compareAndSet(false, true)) {
                try {
                    channel.configureBlocking(true);
                } catch (IOException ended) {
                    LOG.log(Level.FINEST, "The next read will tell", ended);
                }
                Thread.ofVirtual().name("relay-frames").start(then);
            }
        }
    }

    /**
     * Waits until something comes on that connection or it ends, then runs what follows in a thread of its own. Until then it can be
     * written to and closed, and is not to be read.
     *
     * @return false when that cannot be; then nothing was done
     */
    boolean await(FarConnection connection, Runnable then) {
        try {
            if (!isRunning()) {
                return false;
            }
            SocketChannel channel = connection.channel();
            Sleeper sleeper = new Sleeper(channel, then);
            channel.configureBlocking(false);
            // Whoever closes the connection from now on rouses it; who did before is seen by the registration.
            connection.sleeps(sleeper);
            arriving.add(sleeper);
            selector.wakeup();
            if (isClosed) {
                sleeper.wake();
            }
            return true;
        } catch (IOException failure) {
            LOG.log(Level.FINE, "A connection waits on a thread of its own", failure);
            return false;
        }
    }

    @Override
    public void close() {
        starting.lock();
        try {
            isClosed = true;
            if (selector != null) {
                selector.wakeup();
            }
        } finally {
            starting.unlock();
        }
    }

    private boolean isRunning() throws IOException {
        if (selector == null) {
            starting.lock();
            try {
                if (selector == null && !isClosed) {
                    selector = Selector.open();
                    Thread.ofPlatform().daemon().name("relay-quiet").start(this::run);
                }
            } finally {
                starting.unlock();
            }
        }
        return !isClosed;
    }

    private void run() {
        List<Sleeper> last = new ArrayList<>();
        try (Selector open = selector) {
            try {
                while (!isClosed) {
                    open.select();
                    next(open).forEach(Sleeper::wake);
                }
            } finally {
                isClosed = true;
                open.keys().forEach(key -> last.add((Sleeper) key.attachment()));
            }
        } catch (IOException failure) {
            LOG.log(Level.WARNING, "Connections on which nothing happens wait on threads of their own", failure);
        }
        last.addAll(arriving);
        last.forEach(Sleeper::wake);
    }

    private List<Sleeper> next(Selector open) throws IOException {
        List<Sleeper> awake = new ArrayList<>();
        takeArriving(awake);
        while (takeReady(open, awake)) {
            // A channel may only wait by itself again when its key is gone, which this sees to.
            open.selectNow();
        }
        return awake;
    }

    private void takeArriving(List<Sleeper> awake) {
        for (Sleeper sleeper = arriving.poll(); sleeper != null; sleeper = arriving.poll()) {
            if (!sleeper.isRegistered()) {
                awake.add(sleeper);
            }
        }
    }

    private boolean takeReady(Selector open, List<Sleeper> awake) {
        int before = awake.size();
        for (SelectionKey key : open.selectedKeys()) {
            awake.add((Sleeper) key.attachment());
        }
        open.selectedKeys().clear();
        for (Sleeper sleeper = roused.poll(); sleeper != null; sleeper = roused.poll()) {
            awake.add(sleeper);
        }
        awake.subList(before, awake.size()).forEach(Sleeper::cancel);
        return awake.size() > before;
    }
}
