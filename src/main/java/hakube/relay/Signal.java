package hakube.relay;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Given once, and waited for by any thread. */
final class Signal {

    private final CountDownLatch latch = new CountDownLatch(1);

    void give() {
        latch.countDown();
    }

    boolean isGiven() {
        return latch.getCount() == 0;
    }

    /** Returns when it is given, or when the thread is interrupted, which it stays then. */
    void comes() {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it is given within that time; false also when the thread is interrupted, which it stays then. */
    boolean comesWithin(Duration patience) {
        try {
            return latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
