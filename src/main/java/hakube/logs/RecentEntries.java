package hakube.logs;

import java.io.Closeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The last entries of a log, bounded in number and in characters; the oldest give way. */
final class RecentEntries {

    private static final int MOST = 2_000;
    private static final int MOST_CHARACTERS = 1 << 18;
    private static final int LONGEST = 1 << 13;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final LogEntry[] held = new LogEntry[MOST];
    /** Number of the oldest that is held; numbers are given in the order of arrival. */
    private long oldest;
    /** Number of the one that comes next. */
    private long next;

    private int characters;

    /** Adds a line, cut when it is very long. */
    void add(Instant time, String line) {
        String message = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        lock.lock();
        try {
            boolean isOfSameTime = next > oldest && at(next - 1).time().equals(time);
            int index = isOfSameTime ? at(next - 1).index() + 1 : 0;
            while (next - oldest == MOST || (next > oldest && characters + message.length() > MOST_CHARACTERS)) {
                characters -= at(oldest).message().length();
                held[(int) (oldest++ % MOST)] = null;
            }
            held[(int) (next++ % MOST)] = new LogEntry(time, index, message);
            characters += message.length();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The last so many, all for -1. */
    List<LogEntry> last(long count) {
        lock.lock();
        try {
            List<LogEntry> entries = new ArrayList<>();
            for (long number = begin(count); number < next; number++) {
                entries.add(at(number));
            }
            return entries;
        } finally {
            lock.unlock();
        }
    }

    /** The last so many, all for -1, and then each that comes. */
    Followed follow(long count) {
        lock.lock();
        try {
            return new Followed(begin(count));
        } finally {
            lock.unlock();
        }
    }

    private long begin(long count) {
        return count < 0 ? oldest : Math.max(oldest, next - Math.min(count, MOST));
    }

    private LogEntry at(long number) {
        return held[(int) (number % MOST)];
    }

    /** One reader; one that is too slow misses what gave way, and nothing is kept for it. */
    final class Followed implements Iterator<LogEntry>, Closeable {

        private long position;

        private Followed(long position) {
            this.position = position;
        }

        /** Waits for the next one; no when the thread was interrupted. */
        @Override
        public boolean hasNext() {
            lock.lock();
            try {
                while (position >= next) {
                    grown.await();
                }
                return true;
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public LogEntry next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            lock.lock();
            try {
                position = Math.max(position, oldest);
                return at(position++);
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {}
    }
}
