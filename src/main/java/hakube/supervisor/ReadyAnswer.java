package hakube.supervisor;

import hakube.relay.WholeAnswer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An answer that was made once.
 *
 * @param until in the time of {@link System#nanoTime()}
 * @param isRenewed whether somebody makes the next one already
 */
record ReadyAnswer(Basis basis, long until, WholeAnswer whole, AtomicBoolean isRenewed) {

    /** How long it serves where the clock decides some of it. */
    static final Duration LIFE = Duration.ofSeconds(1);

    /** How long it serves where it does not; for no reason but prudence. */
    static final Duration LONG_LIFE = Duration.ofMinutes(1);

    /** How much longer while the next one is being made. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** What it is made of. @param writes grows with each request that may have changed something */
    record Basis(long writes, Revision revision) {}

    /** @param now in the time of {@link System#nanoTime()} */
    static ReadyAnswer of(Basis basis, long now, Duration life, byte[] body) {
        return new ReadyAnswer(
                basis, now + life.toNanos(), WholeAnswer.of("application/json", body), new AtomicBoolean());
    }

    /** Whether it is still the answer; of the callers after its time the first one is told to make the next one. */
    boolean serves(Basis present, long now) {
        if (!basis.equals(present)) {
            return false;
        }
        long left = until - now;
        return left > 0 || (left > -PATIENCE.toNanos() && !isRenewed.compareAndSet(false, true));
    }
}
