package hakube.link;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** The one end of all waits of a question, however many there are. */
record Deadline(Duration whole, long endNanos) {

    static Deadline in(Duration whole) {
        return new Deadline(whole, System.nanoTime() + whole.toNanos());
    }

    /** @throws CoreAway it failed, was interrupted, or the time is over; then it is cancelled */
    <T> T await(CompletableFuture<T> future) throws CoreAway {
        try {
            return future.get(left(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CoreAway away ? away : new CoreAway(words(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw tooLate(e);
        } catch (InterruptedException e) {
            future.cancel(true);
            throw interrupted(e);
        }
    }

    /** @throws CoreAway it was not to be had in time */
    void lock(ReentrantLock lock) throws CoreAway {
        try {
            if (!lock.tryLock(left(), TimeUnit.NANOSECONDS)) {
                throw tooLate(null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private long left() {
        return Math.max(0, endNanos - System.nanoTime());
    }

    private CoreAway tooLate(Exception cause) {
        return new CoreAway("Core gives no answer within " + whole.toSeconds() + " s", cause);
    }

    private static CoreAway interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new CoreAway("the wait for Core was given up", cause);
    }

    private static String words(Throwable cause) {
        boolean isPlain = cause instanceof IOException && cause.getMessage() != null;
        return "Core cannot be reached: " + (isPlain ? cause.getMessage() : cause.toString());
    }
}
