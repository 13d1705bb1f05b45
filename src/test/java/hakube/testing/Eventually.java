package hakube.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waits for what a cluster does in its own time. */
public final class Eventually {

    private static final long PAUSE_NANOS = 20_000_000;

    private Eventually() {}

    /** Asks again each 20 ms until the answer is yes; fails when the time is over. */
    public static void holds(String what, Duration limit, Callable<Boolean> question) throws Exception {
        long end = System.nanoTime() + limit.toNanos();
        while (!question.call()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited " + limit.toSeconds() + " s in vain: " + what);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
