package hakube.supervisor;

import hakube.api.ApiFailure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Tries a step of the start until it goes well: a Supervisor that waits and says why is better than one that crashes. */
final class Patience {

    private static final Logger LOG = Logger.getLogger(Patience.class.getName());
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Patience() {}

    /** A step that may be interrupted. */
    interface Step {
        void run() throws InterruptedException;
    }

    /** What happens between two attempts; ends when the next may begin, at the latest after the given time. */
    interface Pause {
        void take(Duration limit) throws InterruptedException;
    }

    /** As the other {@code until}, with nothing to wait for but the time. */
    static void until(String what, Step step) throws InterruptedException {
        until(what, step, Thread::sleep);
    }

    /**
     * Does {@code step} until it does not fail. Each failure is a log line with its cause and the time of the next attempt:
     * 1 s at first, twice as long each time, 30 s at most.
     *
     * @param what as in "what is not done yet"
     * @throws InterruptedException the Supervisor ends
     */
    static void until(String what, Step step, Pause pause) throws InterruptedException {
        for (Duration wait = FIRST; true; wait = longer(wait)) {
            try {
                step.run();
                return;
            } catch (ApiFailure | UncheckedIOException failure) {
                tell(what, failure.getMessage(), wait);
                LOG.log(Level.FINE, what, failure);
            } catch (RuntimeException fault) {
                tell(what, String.valueOf(fault.getMessage()), wait);
                LOG.log(Level.SEVERE, what, fault);
            }
            pause.take(wait);
        }
    }

    private static void tell(String what, String why, Duration wait) {
        LOG.warning(() -> what + " is not done yet, next attempt within " + wait.toSeconds() + " s: " + why);
    }

    private static Duration longer(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }
}
