package hakube.link;

import hakube.api.ApiFailure;
import hakube.core.Core;
import hakube.core.CoreAddresses;
import hakube.jobs.Jobs;
import hakube.state.State;
import hakube.state.SupervisorState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Restarts a Core that runs but does not answer (upstream {@code supervisor/misc/tasks.py}, 2026-08): when it was silent twice in
 * a row, five times at most until it answers again, the last time in safe mode.
 *
 * <p>Other than upstream it takes every state that Core tells for an answer: a Core that is still starting is not restarted.
 */
@Singleton
public final class CoreWatch {

    /** Restarts in a row; more would not help. */
    static final int MOST_RESTARTS = 5;

    private static final Logger LOG = Logger.getLogger(CoreWatch.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(2);
    private static final int MOST_MISSES = 2;

    private final Core core;
    private final CoreAddresses addresses;
    private final CoreReport report;
    private final Jobs jobs;
    private final State state;
    private final Thread watching = Thread.ofVirtual().name("core-watch").unstarted(this::watch);
    private int misses;
    private int restarts;

    @Inject
    CoreWatch(Core core, CoreAddresses addresses, CoreReport report, Jobs jobs, State state) {
        this.core = core;
        this.addresses = addresses;
        this.report = report;
        this.jobs = jobs;
        this.state = state;
    }

    /** Begins to look every two minutes. */
    public void begin() {
        watching.start();
    }

    public void end() {
        watching.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                lookSafely();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "A look at Home Assistant met a fault", fault);
        }
    }

    /** One look. */
    void look() {
        if (!isDue()) {
            misses = 0;
        } else if (report.answers()) {
            misses = 0;
            restarts = 0;
        } else if (restarts < MOST_RESTARTS) {
            miss();
        }
    }

    /** Whoever works on Core waits for it; and where nobody can ask it, silence says nothing. */
    private boolean isDue() {
        return core.options().watchdog()
                && state.current() == SupervisorState.RUNNING
                && core.isRunning()
                && addresses.current().isPresent()
                && !jobs.isRunning(Core.GROUP);
    }

    private void miss() {
        misses++;
        if (misses < MOST_MISSES) {
            LOG.warning("Home Assistant does not answer");
            return;
        }
        misses = 0;
        restarts++;
        boolean isLast = restarts == MOST_RESTARTS;
        LOG.severe(() -> "Home Assistant does not answer for the second time: restart " + restarts + " of "
                + MOST_RESTARTS + (isLast ? ", in safe mode, then it is left alone" : ""));
        try {
            core.restart(isLast);
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.severe(() -> "Home Assistant could not be restarted: " + failure.getMessage());
        }
    }
}
