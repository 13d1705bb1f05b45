package hakube.jobs;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs long work: one at a time in a group, listed for clients while it runs, and written down while it runs.
 *
 * <p>What a job starts on its own thread is its child (upstream {@code supervisor/jobs}, 2026-08).
 */
@Singleton
public final class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class.getName());

    private final Events events;
    private final BiConsumer<Work, Set<JobCondition>> conditions;
    private final Ledger ledger;
    private final Groups groups;
    private final List<Consumer<Work>> onFree = new CopyOnWriteArrayList<>();

    @Inject
    Jobs(Folders folders, Events events, Conditions conditions) {
        this(folders, events, conditions::require);
    }

    /** With every condition met. */
    public Jobs(Folders folders, Events events) {
        this(folders, events, (work, ignored) -> {});
    }

    private Jobs(Folders folders, Events events, BiConsumer<Work, Set<JobCondition>> conditions) {
        this.groups = new Groups(folders);
        this.events = events;
        this.conditions = conditions;
        this.ledger = new Ledger(events, groups::note);
    }

    /**
     * Does work on this thread.
     *
     * @throws ApiFailure.BadRequest before anything is done, when a condition is not met ({@code … blocked from execution, …}) or
     *     other work of its group runs that this one is not part of ({@code Another job is running for job group …})
     */
    public <R> R run(Work work, Supplier<R> body) {
        Job job = open(work);
        Optional<Throwable> failure = Optional.empty();
        try {
            ledger.begin(job);
            return ScopedValue.where(Job.CURRENT, job).call(body::get);
        } catch (RuntimeException | Error thrown) {
            failure = Optional.of(thrown);
            throw thrown;
        } finally {
            close(job, failure, false);
        }
    }

    /** As the other {@code run}, for work without a value. */
    public void run(Work work, Runnable body) {
        run(work, () -> {
            body.run();
            return true;
        });
    }

    /**
     * Runs {@code work} on this thread, alone in its group, without conditions.
     *
     * @param group such as {@code home_assistant_core} or {@code app_<slug>}
     * @param name of the work as upstream calls it, written down with {@code reference} until it ends in any way
     */
    public <R> R run(String group, String name, String reference, Supplier<R> work) {
        return run(Work.of(name, reference).in(group), work);
    }

    /** As the other {@code run}, for work without a value. */
    public void run(String group, String name, String reference, Runnable work) {
        run(Work.of(name, reference).in(group), work);
    }

    /**
     * Begins work that goes on after this returns. What it throws then is logged, and can be read from the job until a next try
     * begins.
     *
     * @param check is asked on this thread, alone in the group: its failure is the caller's, and then there was no job
     * @param body gets what {@code check} gave, on a thread of its own
     * @return id of the job
     * @throws ApiFailure.BadRequest as {@link #run(Work, Supplier)} does
     */
    public <P> String background(Work work, Supplier<P> check, Consumer<P> body) {
        return begin(work, check, body).id();
    }

    /**
     * Work in the background.
     *
     * @param id of the job
     * @param end is done when the job is, however it ended
     */
    public record Begun(String id, CompletableFuture<Void> end) {}

    /** As {@link #background(Work, Supplier, Consumer)}, for who may wait for the end. */
    public <P> Begun begin(Work work, Supplier<P> check, Consumer<P> body) {
        Job job = open(work);
        P checked;
        try {
            checked = ScopedValue.where(Job.CURRENT, job).call(check::get);
            ledger.begin(job);
        } catch (RuntimeException | Error failure) {
            release(job);
            throw failure;
        }
        CompletableFuture<Void> end = new CompletableFuture<>();
        Thread.ofVirtual().name(work.name()).start(() -> {
            try {
                finish(job, () -> body.accept(checked));
            } finally {
                end.complete(null);
            }
        });
        return new Begun(job.uuid(), end);
    }

    /** As the other {@code background}, alone in its group, without conditions. */
    public <P> String background(String group, String name, String reference, Supplier<P> check, Consumer<P> work) {
        return background(Work.of(name, reference).in(group), check, work);
    }

    /** Whether work of that group runs now. */
    public boolean isRunning(String group) {
        return groups.isTaken(group);
    }

    /** From now on it is told the work whose end has just freed its group, however it ended, on the thread that did it. */
    public void onFree(Consumer<Work> listener) {
        onFree.add(listener);
    }

    /** Grows with every change of a job. */
    public long revision() {
        return ledger.revision();
    }

    /**
     * Reads the state file: what an earlier process left unfinished, and which conditions are ignored. To be asked once at start,
     * before any work is begun. The unfinished work stays in the journal until it is {@link #settled}, so that a crash on the way
     * loses nothing. Of work that is kept when done clients find that it has failed, and at which stage.
     */
    public List<Journal.Entry> cutOff() {
        List<Journal.Entry> left = groups.load(this::tellDamaged);
        tellIgnored();
        left.stream().filter(Journal.Entry::kept).forEach(ledger::inherit);
        return left;
    }

    /** That unfinished work is finished or undone. */
    public void settled(Journal.Entry entry) {
        groups.settle(entry);
    }

    Ledger ledger() {
        return ledger;
    }

    /** Conditions that count as met, in the order in which they were given. */
    List<JobCondition> ignored() {
        return groups.ignored();
    }

    /** From now on these count as met. */
    void ignore(List<JobCondition> wanted) {
        groups.ignore(wanted);
        tellIgnored();
    }

    private void finish(Job job, Runnable body) {
        Optional<Throwable> failure = Optional.empty();
        try {
            ScopedValue.where(Job.CURRENT, job).run(body);
        } catch (RuntimeException | Error thrown) {
            failure = Optional.of(thrown);
            tellFailed(job, thrown);
        } finally {
            close(job, failure, true);
        }
    }

    /** What clients are told needs no trace: that is for what nobody thought of. */
    private static void tellFailed(Job job, Throwable thrown) {
        String what = "Job " + job.work().name()
                + job.work().reference().map(" of "::concat).orElse("") + " failed";
        if (thrown instanceof ApiFailure known && !(known instanceof ApiFailure.Internal)) {
            LOG.severe(() -> what + ": " + known.getMessage());
            LOG.log(Level.FINE, what, known);
        } else {
            LOG.log(Level.SEVERE, what, thrown);
        }
    }

    private Job open(Work work) {
        conditions.accept(work, Set.copyOf(ignored()));
        Job job = new Job(work, Job.current(), ledger);
        work.group().ifPresent(group -> groups.take(group, job));
        return job;
    }

    /** The end is told before the group is free: whoever takes it next is the later one for clients, too. */
    private void close(Job job, Optional<Throwable> failure, boolean keepsFailure) {
        try {
            ledger.end(job, failure, keepsFailure);
        } finally {
            release(job);
        }
    }

    private void release(Job job) {
        job.work().group().ifPresent(group -> {
            try {
                groups.release(group, job);
            } finally {
                if (!groups.isTaken(group)) {
                    onFree.forEach(listener -> listener.accept(job.work()));
                }
            }
        });
    }

    private void tellIgnored() {
        events.fire(new SupervisorEvent.JobConditionsIgnored(
                ignored().stream().map(JobCondition::wire).toList()));
    }

    private void tellDamaged(Path aside) {
        events.fire(SupervisorEvent.IssueFound.damagedFile(
                aside,
                "system",
                "The journal of jobs was damaged and set aside: what a crash cut off is not finished"));
    }
}
