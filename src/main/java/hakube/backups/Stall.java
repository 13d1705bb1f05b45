package hakube.backups;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A body that is given up when nothing of it comes for some time: its client has gone without a word, and would keep a connection and
 * a half file for ever. Belongs to the thread that makes it.
 */
final class Stall extends FilterInputStream {

    private final Thread reader = Thread.currentThread();
    private final ReentrantLock lock = new ReentrantLock();
    private final Duration patience;
    private final Thread bell;

    /** When the present reading began, in nanoseconds; only counts while {@link #isReading}. */
    private long since;

    private boolean isReading;
    private boolean hasRung;

    /** @param patience in which something has to come */
    Stall(InputStream body, Duration patience) {
        super(body);
        this.patience = patience;
        this.bell = Thread.ofVirtual().name("upload-stall").start(this::watch);
    }

    /** Whether it was given up. */
    boolean hasRung() {
        lock.lock();
        try {
            return hasRung;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        note(true);
        try {
            return in.read(into, offset, length);
        } finally {
            note(false);
        }
    }

    /** The body itself is the server's to close. */
    @Override
    public void close() {
        bell.interrupt();
        if (hasRung()) {
            // What follows is the server's own, which takes an interruption for a fault.
            Thread.interrupted();
        }
    }

    private void note(boolean begins) {
        lock.lock();
        try {
            isReading = begins;
            since = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        Duration wait = patience;
        try {
            while (!wait.isNegative() && !wait.isZero()) {
                Thread.sleep(wait);
                wait = remaining();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long the present reading may still take; rings when that is over. */
    private Duration remaining() {
        lock.lock();
        try {
            Duration left = isReading ? patience.minusNanos(System.nanoTime() - since) : patience;
            if (left.isNegative() || left.isZero()) {
                hasRung = true;
                // To a virtual thread that reads a socket this is the socket's end.
                reader.interrupt();
            }
            return left;
        } finally {
            lock.unlock();
        }
    }
}
