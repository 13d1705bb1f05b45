package hakube.git;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one fetch costs, counted while it goes on. Bytes of the pack and bytes of the checked-out tree have the same limit; all
 * else that the other side says, such as its list of branches, is kept in memory by those who read it and so has a small one.
 */
final class Meter {

    /** Files and folders of one tree. */
    static final int MOST_ENTRIES = 50_000;

    /** Commits, folders and files that a pack may announce: memory is taken for them before one has come. */
    static final long MOST_OBJECTS = 2L * MOST_ENTRIES;

    /** Bytes of one object; those that others are made from are in memory as a whole. */
    static final long LARGEST_OBJECT = 32L << 20;

    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long MOST_TALK = 4L << 20;
    /** Each packet of at most 64 KiB has a head, and small packets are allowed. */
    private static final long PACK_BYTES_FOR_ONE_OF_TALK = 64;

    private final long mostBytes;
    private final Duration time;
    private final long end;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong packed = new AtomicLong();
    private long written;
    private int entries;

    Meter(long mostBytes, Duration time) {
        this.mostBytes = mostBytes;
        this.time = time;
        this.end = System.nanoTime() + (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
    }

    /** Bytes came from the other side. */
    void received(long bytes) throws LimitExceeded {
        requireTime();
        long talk = received.addAndGet(bytes) - packed.get();
        if (talk > MOST_TALK + packed.get() / PACK_BYTES_FOR_ONE_OF_TALK) {
            throw new LimitExceeded("the server says more than " + MOST_TALK + " bytes besides its files", false);
        }
    }

    /** Bytes of a pack were read. */
    void packed(long bytes) throws LimitExceeded {
        requireTime();
        if (packed.addAndGet(bytes) > mostBytes) {
            throw tooLarge("it sends");
        }
    }

    /** Bytes of a file are about to be written. */
    void written(long bytes) throws LimitExceeded {
        requireTime();
        written += bytes;
        if (written > mostBytes) {
            throw tooLarge("its files have");
        }
    }

    /** A file or folder is about to be made. */
    void entry() throws LimitExceeded {
        requireTime();
        if (++entries > MOST_ENTRIES) {
            throw new LimitExceeded("it has more than " + MOST_ENTRIES + " files and folders", false);
        }
    }

    boolean isOver() {
        return System.nanoTime() - end > 0;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    void requireTime() throws LimitExceeded {
        if (isOver()) {
            throw outOfTime();
        }
    }

    LimitExceeded outOfTime() {
        return new LimitExceeded("it is not done after " + time + " (SUPERVISOR_REPOSITORY_TIMEOUT)", true);
    }

    private LimitExceeded tooLarge(String what) {
        return new LimitExceeded(what + " more than " + mostBytes + " bytes (SUPERVISOR_REPOSITORY_SIZE)", false);
    }
}
