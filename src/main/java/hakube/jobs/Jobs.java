package hakube.jobs;

import hakube.api.ApiFailure;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs long work: one at a time in a group, and written down while it runs. */
@Singleton
public final class Jobs {

    private static final Logger LOG = Logger.getLogger(Jobs.class.getName());

    private final StateFile<Journal> file;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicLong revision = new AtomicLong();
    private final Map<String, Journal.Entry> byGroup = new LinkedHashMap<>();
    /** Of an earlier process. */
    private final List<Journal.Entry> inherited = new ArrayList<>();

    @Inject
    public Jobs(Folders folders) {
        this.file = new StateFile<>(folders.of("jobs.json"), Journal.class);
    }

    /**
     * Runs {@code work} on this thread, alone in its group.
     *
     * @param group such as {@code home_assistant_core} or {@code app_<slug>}
     * @param name of the work as upstream calls it, written down with {@code reference} until it ends in any way
     * @throws ApiFailure.BadRequest when work of the same group runs: {@code Another job is running for job group …}
     */
    public <R> R run(String group, String name, String reference, Supplier<R> work) {
        begin(group, name, reference);
        try {
            return work.get();
        } finally {
            end(group);
        }
    }

    /** As the other {@code run}, for work without a value. */
    public void run(String group, String name, String reference, Runnable work) {
        run(group, name, reference, () -> {
            work.run();
            return true;
        });
    }

    /**
     * Begins work that goes on after this returns; what it throws then is logged.
     *
     * @param check is asked on this thread, alone in the group: its failure is the caller's, and ends the job
     * @param work gets what {@code check} gave, on a thread of its own
     * @return id of the job
     */
    public <P> String background(String group, String name, String reference, Supplier<P> check, Consumer<P> work) {
        String uuid = begin(group, name, reference);
        try {
            P checked = check.get();
            Thread.ofVirtual().name(name).start(() -> {
                try {
                    work.accept(checked);
                } catch (RuntimeException failure) {
                    LOG.log(Level.SEVERE, "Job " + name + " of " + reference + " failed", failure);
                } finally {
                    end(group);
                }
            });
        } catch (RuntimeException failure) {
            end(group);
            throw failure;
        }
        return uuid;
    }

    /** Whether work of that group runs now. */
    public boolean isRunning(String group) {
        lock.lock();
        try {
            return byGroup.containsKey(group);
        } finally {
            lock.unlock();
        }
    }

    /** Grows at the begin and at the end of all work. */
    public long revision() {
        return revision.get();
    }

    /**
     * What an earlier process left unfinished. To be asked once at start, before any work is begun. It stays in the journal
     * until it is {@link #settled}, so that a crash on the way loses nothing.
     */
    public List<Journal.Entry> cutOff() {
        lock.lock();
        try {
            inherited.addAll(file.read(aside -> {}).map(Journal::running).orElse(List.of()));
            return List.copyOf(inherited);
        } finally {
            lock.unlock();
        }
    }

    /** That unfinished work is finished or undone. */
    public void settled(Journal.Entry entry) {
        lock.lock();
        try {
            if (inherited.remove(entry)) {
                write();
            }
        } finally {
            lock.unlock();
        }
    }

    private String begin(String group, String name, String reference) {
        Journal.Entry entry = new Journal.Entry(UUID.randomUUID().toString().replace("-", ""), name, reference);
        lock.lock();
        try {
            if (byGroup.containsKey(group)) {
                throw new ApiFailure.BadRequest("Another job is running for job group " + group);
            }
            byGroup.put(group, entry);
            try {
                write();
            } catch (RuntimeException failure) {
                byGroup.remove(group);
                throw failure;
            }
            return entry.uuid();
        } finally {
            lock.unlock();
        }
    }

    private void end(String group) {
        lock.lock();
        try {
            byGroup.remove(group);
            write();
        } finally {
            lock.unlock();
        }
    }

    private void write() {
        revision.incrementAndGet();
        List<Journal.Entry> open = new ArrayList<>(inherited);
        open.addAll(byGroup.values());
        file.write(new Journal(open));
    }
}
