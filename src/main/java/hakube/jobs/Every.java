package hakube.jobs;

import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does the same again and again, for the first time after the first period. A round that fails is told, and the next one comes. */
public final class Every {

    private static final Logger LOG = Logger.getLogger(Every.class.getName());

    /** Waits; a test does not. */
    interface Pause {
        void of(Duration period) throws InterruptedException;
    }

    private final String name;
    private final Duration period;
    private final Runnable round;
    private final Pause pause;
    private final Thread thread;

    /** @param name of the thread, and of the work in the log */
    public Every(String name, Duration period, Runnable round) {
        this(name, period, round, Thread::sleep);
    }

    Every(String name, Duration period, Runnable round, Pause pause) {
        this.name = name;
        this.period = period;
        this.round = round;
        this.pause = pause;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** To be called once. */
    public void begin() {
        thread.start();
    }

    /** The round that runs is interrupted. */
    public void end() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                pause.of(period);
                safely();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void safely() {
        try {
            round.run();
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, fault, () -> name + " met a fault, it is tried again in " + period);
        }
    }
}
