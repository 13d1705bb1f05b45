package hakube.jobs;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The jobs that clients can see, in the order in which they began; tells of each change. Internal ones are never in it. */
final class Ledger {

    /** Of jobs that are done; what is older goes first. */
    static final int MOST_KEPT = 100;

    private final Events events;
    private final Consumer<Job> noted;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong revision = new AtomicLong();
    private final Map<String, Job> jobs = new LinkedHashMap<>();

    /** @param noted hears of each change, before anybody else */
    Ledger(Events events, Consumer<Job> noted) {
        this.events = events;
        this.noted = noted;
    }

    /** Grows with each change of any job, internal ones included. */
    long revision() {
        return revision.get();
    }

    /** The job begins: from now on it is listed. What the last try of the same left goes. */
    void begin(Job job) {
        if (!job.work().isInternal()) {
            lock.lock();
            try {
                forgetFailed(job);
                jobs.put(job.uuid(), job);
            } finally {
                lock.unlock();
            }
        }
        change(job, Job.Standing::begun);
    }

    /** Lists what an earlier process has left, and tells of it: whoever waits for its end learns that it has failed. */
    void inherit(Journal.Entry left) {
        Job job = new Job(left, this);
        lock.lock();
        try {
            jobs.put(job.uuid(), job);
            revision.incrementAndGet();
        } finally {
            lock.unlock();
        }
        events.fire(new SupervisorEvent.JobChanged(job.fields()));
    }

    /**
     * The job ends.
     *
     * @param keepsFailure a failure stays readable, since whoever asked has an id and no answer
     */
    void end(Job job, Optional<Throwable> failure, boolean keepsFailure) {
        change(job, standing -> failure.map(cause -> standing.with(JobError.of(cause, job.work(), standing.stage()))
                        .ended(false))
                .orElseGet(() -> standing.ended(true)));
        lock.lock();
        try {
            boolean stays = job.isKept() || (keepsFailure && !job.now().errors().isEmpty());
            if (stays) {
                trim();
            } else {
                forget(job);
            }
            revision.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    /** @throws IllegalStateException it is done */
    void change(Job job, UnaryOperator<Job.Standing> change) {
        lock.lock();
        try {
            if (job.now().isDone()) {
                throw new IllegalStateException("Job " + job.work().name() + " is done, it cannot change any more");
            }
            Job.Standing changed = change.apply(job.now());
            if (changed.equals(job.now())) {
                return;
            }
            job.put(changed);
            revision.incrementAndGet();
        } finally {
            lock.unlock();
        }
        // Outside of the lock: a listener may ask for jobs. Only the job's own thread changes it, so the order stays.
        noted.accept(job);
        if (!job.work().isInternal()) {
            events.fire(new SupervisorEvent.JobChanged(job.fields()));
        }
    }

    /** Newest first, each with its children, oldest first. */
    List<JobInfo> trees() {
        lock.lock();
        try {
            return jobs.values().stream()
                    .filter(job -> job.visibleParent()
                            .filter(parent -> jobs.containsKey(parent.uuid()))
                            .isEmpty())
                    .map(this::tree)
                    .toList()
                    .reversed();
        } finally {
            lock.unlock();
        }
    }

    /** One job with its children. */
    JobInfo tree(String uuid) {
        lock.lock();
        try {
            return tree(require(uuid));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Removes a job that is done, with its children.
     *
     * @throws ApiFailure.BadRequest it is not done
     */
    void remove(String uuid) {
        lock.lock();
        try {
            Job job = require(uuid);
            if (!job.now().isDone()) {
                throw new ApiFailure.BadRequest("Job " + uuid + " is not done!");
            }
            forget(job);
            revision.incrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    private Job require(String uuid) {
        return Optional.ofNullable(jobs.get(uuid)).orElseThrow(() -> new ApiFailure.NotFound("Job does not exist"));
    }

    private JobInfo tree(Job job) {
        return job.info(children(job).stream().map(this::tree).toList());
    }

    private List<Job> children(Job job) {
        return jobs.values().stream()
                .filter(other -> other.visibleParent().filter(job::equals).isPresent())
                .toList();
    }

    private void forget(Job job) {
        children(job).forEach(this::forget);
        jobs.remove(job.uuid());
    }

    private void forgetFailed(Job next) {
        List<Job> former = jobs.values().stream()
                .filter(job -> job.now().isDone() && !job.isKept())
                .filter(job -> job.work().name().equals(next.work().name())
                        && Objects.equals(job.now().reference(), next.now().reference()))
                .toList();
        former.forEach(this::forget);
    }

    private void trim() {
        List<Job> done = new ArrayList<>(jobs.values());
        done.removeIf(job -> !job.now().isDone() || job.visibleParent().isPresent());
        done.stream().limit(Math.max(0, done.size() - MOST_KEPT)).forEach(this::forget);
    }
}
