package hakube.resolution;

import hakube.api.ApiFailure;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Looks at the whole: checks, evaluations, then what mends itself (upstream {@code supervisor/resolution/module.py}, 2026-08). */
@Singleton
public final class HealthCheck {

    private static final Logger LOG = Logger.getLogger(HealthCheck.class.getName());
    private static final Duration PERIOD = Duration.ofHours(1);
    /** One that is under way may wait for a pod. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Checks checks;
    private final Health health;
    private final Repairs repairs;
    private final ShareProbe share;
    private final Duration patience;
    private final ReentrantLock running = new ReentrantLock();
    private final Thread hourly = Thread.ofVirtual().name("health-check").unstarted(this::runHourly);

    @Inject
    HealthCheck(Checks checks, Health health, Repairs repairs, ShareProbe share) {
        this(checks, health, repairs, share, PATIENCE);
    }

    /** @param patience with a run that is under way */
    HealthCheck(Checks checks, Health health, Repairs repairs, ShareProbe share, Duration patience) {
        this.checks = checks;
        this.health = health;
        this.repairs = repairs;
        this.share = share;
        this.patience = patience;
    }

    /** Reads which checks are on; to be called once storage is there. */
    public void load() {
        checks.load();
    }

    /** Runs now and every hour, on a thread of its own; to be called once. */
    public void begin() {
        hourly.start();
    }

    @PreDestroy
    void end() {
        hourly.interrupt();
    }

    /** Runs all. @throws ApiFailure.BadRequest another run does not come to its end */
    void run() {
        alone(() -> {
            share.look();
            checks.run();
            health.evaluate();
            repairs.applyAutomatic();
        });
    }

    /** Runs one check. @throws ApiFailure.BadRequest another run does not come to its end */
    void run(Check check) {
        alone(() -> checks.run(check));
    }

    /** As {@link #run()}; it is left out when another run does not come to its end. */
    void runIfFree() {
        try {
            run();
        } catch (ApiFailure busy) {
            LOG.info(() -> "A health check is left out: " + busy.getMessage());
        }
    }

    private void alone(Runnable work) {
        if (!isAlone()) {
            throw new ApiFailure.BadRequest("Another job is running");
        }
        try {
            work.run();
        } finally {
            running.unlock();
        }
    }

    private boolean isAlone() {
        try {
            return running.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void runHourly() {
        try {
            while (true) {
                runAndGoOn();
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** A fault of this hour is none of the next. */
    private void runAndGoOn() {
        try {
            runIfFree();
        } catch (RuntimeException fault) {
            LOG.log(Level.SEVERE, "This hour's health check failed", fault);
        }
    }
}
