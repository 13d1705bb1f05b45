package hakube.access;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Slows down whoever presents wrong tokens again and again: an app that kept the token of an earlier start, or a guess. The answer stays
 * the same 403, it only comes late. Whoever has a token that is known never comes here.
 *
 * <p>Each source may err {@value #BURST} times at once and {@value #EACH_SECOND} times a second from then on. Of sources the latest
 * {@value #SOURCES} are remembered, and {@value #HELD} answers are held back at once.
 */
@Singleton
final class WrongTokens {

    static final int BURST = 300;
    static final int EACH_SECOND = 5;
    static final int SOURCES = 1024;
    static final int HELD = 64;
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final LongSupplier nanos;
    private final Duration delay;
    private final Semaphore held = new Semaphore(HELD);
    private final Map<String, Account> accounts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
            return size() > SOURCES;
        }
    };

    @Inject
    WrongTokens() {
        this(System::nanoTime, DELAY);
    }

    /**
     * @param nanos the time, as {@link System#nanoTime} tells it
     * @param delay of an answer that is held back
     */
    WrongTokens(LongSupplier nanos, Duration delay) {
        this.nanos = nanos;
        this.delay = delay;
    }

    /** What to do with the answer. */
    enum Verdict {
        ANSWER,

        /** Late: call {@link #holdBack} first. */
        HOLD_BACK
    }

    /** @param left mistakes that are still free, as of {@code at} */
    private record Account(double left, long at) {

        Account at(long now) {
            double grown = left + (now - at) * (EACH_SECOND / 1e9);
            return new Account(Math.min(BURST, grown), now);
        }
    }

    /** Notes one more wrong token. */
    synchronized Verdict note(String source) {
        long now = nanos.getAsLong();
        Account account = accounts.getOrDefault(source, new Account(BURST, now)).at(now);
        boolean isFree = account.left() >= 1;
        accounts.put(source, isFree ? new Account(account.left() - 1, now) : account);
        return isFree ? Verdict.ANSWER : Verdict.HOLD_BACK;
    }

    /**
     * Waits a second.
     *
     * @return false when too many are waiting already: then the connection has to be closed with the answer
     */
    boolean holdBack() {
        if (!held.tryAcquire()) {
            return false;
        }
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            // The server stops: the answer goes out now.
            Thread.currentThread().interrupt();
        } finally {
            held.release();
        }
        return true;
    }

    synchronized int sources() {
        return accounts.size();
    }
}
