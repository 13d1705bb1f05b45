package hakube.resolution;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Why this installation is unhealthy or unsupported, if it is. Unhealthy blocks installations, updates and restores and goes only
 * with a restart, so it is said of real faults alone. That there is no Docker is no reason for unsupported: each reason is a
 * warning that stays, and nobody could do anything about it.
 */
@Singleton
public final class Health {

    private static final Logger LOG = Logger.getLogger(Health.class.getName());
    private static final String JOB_CONDITIONS = "job_conditions";

    private final Events events;
    private final Supplier<Stream<Evaluation>> evaluations;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile List<String> unsupported = List.of();
    private volatile List<String> unhealthy = List.of();

    @Inject
    Health(Events events, Instance<Evaluation> evaluations) {
        this(events, evaluations::stream);
    }

    Health(Events events, Supplier<Stream<Evaluation>> evaluations) {
        this.events = events;
        this.evaluations = evaluations;
        events.listen(event -> {
            if (event instanceof SupervisorEvent.JobConditionsIgnored ignored) {
                judge(JOB_CONDITIONS, !ignored.conditions().isEmpty(), "conditions of jobs are ignored");
            }
        });
    }

    /** Why not supported, sorted; empty while it is. */
    public List<String> unsupported() {
        return unsupported;
    }

    /** Why not healthy, sorted; empty while it is. */
    public List<String> unhealthy() {
        return unhealthy;
    }

    /**
     * From now on the installation is unhealthy.
     *
     * @param reason upstream's word: {@code setup} or {@code oserror_bad_message}
     * @param explanation for the log
     */
    public void complain(String reason, String explanation) {
        List<String> now;
        lock.lock();
        try {
            if (unhealthy.contains(reason)) {
                return;
            }
            now = with(unhealthy, reason);
            unhealthy = now;
        } finally {
            lock.unlock();
        }
        LOG.severe(() -> "This installation is unhealthy (" + reason + "): " + explanation);
        events.fire(new SupervisorEvent.HealthChanged(now));
    }

    /** Asks all evaluations; one's trouble is logged and stops no other. */
    public void evaluate() {
        evaluations.get().forEach(evaluation -> {
            try {
                var complaint = evaluation.complaint();
                judge(evaluation.reason(), complaint.isPresent(), complaint.orElse(""));
            } catch (RuntimeException failure) {
                LOG.log(Level.WARNING, "Evaluation " + evaluation.reason() + " failed", failure);
            }
        });
    }

    private void judge(String reason, boolean applies, String explanation) {
        List<String> now;
        lock.lock();
        try {
            if (unsupported.contains(reason) == applies) {
                return;
            }
            now = applies ? with(unsupported, reason) : without(unsupported, reason);
            unsupported = now;
        } finally {
            lock.unlock();
        }
        if (applies) {
            LOG.warning(() -> "This installation is not supported (" + reason + "): " + explanation);
        }
        events.fire(new SupervisorEvent.SupportedChanged(now));
    }

    private static List<String> with(List<String> reasons, String reason) {
        Set<String> more = new TreeSet<>(reasons);
        more.add(reason);
        return List.copyOf(more);
    }

    private static List<String> without(List<String> reasons, String reason) {
        return reasons.stream().filter(other -> !other.equals(reason)).toList();
    }
}
