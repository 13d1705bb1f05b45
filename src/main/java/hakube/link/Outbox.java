package hakube.link;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What Core is still to be told, oldest first. While nobody takes, only the last word on each subject is kept, at the place of
 * the last one; so it stays small however long Core is away. Beyond its bound the oldest goes, which is told.
 *
 * @param <T> what letters hold
 */
final class Outbox<T> {

    private final int bound;
    private final Deque<Letter<T>> letters = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean isOpen;
    private boolean hasLost;

    /** @param bound most letters */
    Outbox(int bound) {
        this.bound = bound;
    }

    /**
     * One message.
     *
     * @param subject what it is about: a later one says all that an earlier one said
     */
    record Letter<T>(String subject, T content) {}

    void add(Letter<T> letter) {
        lock.lock();
        try {
            if (!isOpen || letters.size() >= bound) {
                letters.removeIf(older -> older.subject().equals(letter.subject()));
            }
            if (letters.size() >= bound) {
                letters.removeFirst();
                hasLost = true;
            }
            letters.addLast(letter);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Lets take from now on. */
    void open() {
        lock.lock();
        try {
            isOpen = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #open()}; the first letter will be this one. */
    void open(Letter<T> first) {
        lock.lock();
        try {
            letters.removeIf(older -> older.subject().equals(first.subject()));
            letters.addFirst(first);
            isOpen = true;
            hasLost = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Nobody takes any more, until it is opened again. */
    void close() {
        lock.lock();
        try {
            isOpen = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The oldest letter, which stays until {@link #delivered}; waits for one. Empty as soon as this is closed. */
    Optional<Letter<T>> next() throws InterruptedException {
        lock.lock();
        try {
            while (isOpen && letters.isEmpty()) {
                changed.await();
            }
            return isOpen ? Optional.of(letters.getFirst()) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Core has this letter. */
    void delivered(Letter<T> letter) {
        lock.lock();
        try {
            // The very one: what came meanwhile may say the same.
            letters.removeIf(held -> held == letter);
        } finally {
            lock.unlock();
        }
    }

    /** Whether a letter was dropped since the last time that this was asked. */
    boolean takeLoss() {
        lock.lock();
        try {
            boolean lost = hasLost;
            hasLost = false;
            return lost;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return letters.size();
        } finally {
            lock.unlock();
        }
    }
}
