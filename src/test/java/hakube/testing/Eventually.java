package hakube.testing;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for what others do in their own time, and fails when it does not come. */
public final class Eventually {

    /** What is due at once, on a machine that is busy with other things. */
    public static final Duration SOON = Duration.ofSeconds(20);

    private static final long PAUSE_NANOS = 20_000_000;

    private Eventually() {}

    /** @param <E> what the asking itself may fail with */
    @FunctionalInterface
    public interface Question<E extends Exception> {
        boolean isYes() throws E;
    }

    /** Within {@link #SOON}. */
    public static <E extends Exception> void holds(String what, Question<E> question) throws E {
        holds(what, SOON, question);
    }

    /** Asks again each 20 ms until the answer is yes; fails when the time is over. */
    public static <E extends Exception> void holds(String what, Duration limit, Question<E> question) throws E {
        long end = System.nanoTime() + limit.toNanos();
        while (!question.isYes()) {
            if (System.nanoTime() - end > 0) {
                throw inVain(what, limit);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /** Waits {@link #SOON} for the latch, also where nothing checked may be thrown. */
    public static void opens(String what, CountDownLatch latch) {
        within(what, () -> latch.await(SOON.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** Waits {@link #SOON} for the thread's end. */
    public static void ends(Thread thread) {
        within("the end of " + thread, () -> thread.join(SOON));
    }

    /** The queue's next one, which comes within {@link #SOON}. */
    public static <T> T next(String what, BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(SOON.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            throw inVain(what, SOON);
        }
        return next;
    }

    private static void within(String what, Question<InterruptedException> wait) {
        try {
            if (!wait.isYes()) {
                throw inVain(what, SOON);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting: " + what, e);
        }
    }

    private static AssertionError inVain(String what, Duration limit) {
        return new AssertionError("waited " + limit.toSeconds() + " s in vain: " + what);
    }
}
