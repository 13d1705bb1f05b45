package hakube.jobs;

import hakube.api.ApiFailure;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Which job has which group, and {@code jobs.json}, which says so to the next start. Work without a group is not written down. */
final class Groups {

    private static final Logger LOG = Logger.getLogger(Groups.class.getName());

    private final StateFile<Journal> file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Job> owners = new LinkedHashMap<>();
    /** Of an earlier process. */
    private final List<Journal.Entry> inherited = new ArrayList<>();

    private volatile List<JobCondition> ignored = List.of();

    Groups(Folders folders) {
        this.file = new StateFile<>(folders.of("jobs.json"), Journal.class);
    }

    /** Conditions that count as met, in the order in which they were given. */
    List<JobCondition> ignored() {
        return ignored;
    }

    boolean isTaken(String group) {
        lock.lock();
        try {
            return owners.containsKey(group);
        } finally {
            lock.unlock();
        }
    }

    /** Reads the file. @return what an earlier process left unfinished */
    List<Journal.Entry> load(Consumer<Path> damaged) {
        lock.lock();
        try {
            Journal journal = file.read(damaged).orElse(new Journal(List.of(), List.of()));
            inherited.addAll(journal.running());
            ignored = journal.ignoreConditions().stream()
                    .flatMap(word -> JobCondition.of(word).stream())
                    .toList();
            return List.copyOf(inherited);
        } finally {
            lock.unlock();
        }
    }

    void settle(Journal.Entry entry) {
        lock.lock();
        try {
            if (inherited.remove(entry)) {
                write(ignored);
            }
        } finally {
            lock.unlock();
        }
    }

    /** On disk first. */
    void ignore(List<JobCondition> wanted) {
        lock.lock();
        try {
            write(wanted);
            ignored = List.copyOf(wanted);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a group for a job, on disk as well; what runs inside of the owner is let in.
     *
     * @throws ApiFailure.BadRequest other work has it
     */
    void take(String group, Job job) {
        lock.lock();
        try {
            Job owner = owners.putIfAbsent(group, job);
            if (owner != null && !job.isWithin(owner)) {
                throw new ApiFailure.BadRequest("Another job is running for job group " + group);
            }
            if (owner == null) {
                try {
                    write(ignored);
                } catch (RuntimeException failure) {
                    owners.remove(group);
                    throw failure;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Frees the group, if it is this job that has it. */
    void release(String group, Job job) {
        lock.lock();
        try {
            if (owners.remove(group, job)) {
                write(ignored);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Writes down how far it has come, if it has a group and is kept: only of such a one is that told after a crash. */
    void note(Job job) {
        lock.lock();
        try {
            if (job.work().isKept() && owners.containsValue(job)) {
                write(ignored);
            }
        } catch (UncheckedIOException failure) {
            // It goes on all the same; and a full disk is what the work itself may be about to tell.
            LOG.log(Level.WARNING, "How far job " + job.work().name() + " has come is not written down", failure);
        } finally {
            lock.unlock();
        }
    }

    private void write(List<JobCondition> ignoring) {
        List<Journal.Entry> open = new ArrayList<>(inherited);
        owners.values().forEach(job -> open.add(Journal.Entry.of(job)));
        file.write(new Journal(ignoring.stream().map(JobCondition::wire).toList(), open));
    }
}
