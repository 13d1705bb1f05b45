package hakube.access;

import hakube.api.ApiFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory that all large bodies of one moment share, since a few at once would fill it all, and the time in which each of them has to
 * come, since otherwise one slow client would keep it from everybody.
 */
final class LargeBodies {

    private final Semaphore room;
    private final Duration patience;
    private final Duration deadline;

    /**
     * @param octets of all bodies together
     * @param patience with which a body waits for room
     * @param deadline for a body to come, once it has room
     */
    LargeBodies(int octets, Duration patience, Duration deadline) {
        this.room = new Semaphore(octets, true);
        this.patience = patience;
        this.deadline = deadline;
    }

    /** Reads a body. */
    interface Reading {
        byte[] read() throws IOException;
    }

    /**
     * Reads a body when there is room for it. The room stays taken until {@link #release}, but not when this fails.
     *
     * @throws ApiFailure.Unavailable no room within the patience
     * @throws IOException as {@code reading}, whose thread is interrupted at the deadline
     */
    byte[] read(int octets, Reading reading) throws IOException {
        acquire(octets);
        boolean isRead = false;
        try (Clock _ = new Clock(deadline)) {
            byte[] body = reading.read();
            isRead = true;
            return body;
        } finally {
            if (!isRead) {
                release(octets);
            }
        }
    }

    void release(int octets) {
        room.release(octets);
    }

    private void acquire(int octets) {
        try {
            if (!room.tryAcquire(octets, patience.toNanos(), TimeUnit.NANOSECONDS)) {
                throw busy(null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy(e);
        }
    }

    private static ApiFailure busy(Throwable cause) {
        return new ApiFailure.Unavailable("Too many large requests at once, try again later", null, cause);
    }

    /** Interrupts the thread that made it, unless closed in time. To a virtual thread that reads a socket this is the socket's end. */
    private static final class Clock implements AutoCloseable {

        private final Thread reader = Thread.currentThread();
        private final ReentrantLock lock = new ReentrantLock();
        private final Thread bell;
        private boolean isOver;
        private boolean hasRung;

        Clock(Duration deadline) {
            bell = Thread.ofVirtual().name("body-deadline").start(() -> ring(deadline));
        }

        private void ring(Duration deadline) {
            try {
                Thread.sleep(deadline);
            } catch (InterruptedException e) {
                return;
            }
            lock.lock();
            try {
                if (!isOver) {
                    hasRung = true;
                    reader.interrupt();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                isOver = true;
                if (hasRung) {
                    // What follows is the server's own, which takes an interruption for a fault.
                    Thread.interrupted();
                }
            } finally {
                lock.unlock();
            }
            bell.interrupt();
        }
    }
}
