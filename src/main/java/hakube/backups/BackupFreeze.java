package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppSaving;
import hakube.jobs.Job;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.state.State;
import hakube.state.SupervisorState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Holds the house still for a snapshot from outside (upstream {@code supervisor/backups/manager.py}, {@code freeze_all}, 2026-08).
 *
 * <p>Other than upstream a freeze that fails is taken back at once: who is told of a failure takes no snapshot, and will not thaw.
 */
@Singleton
public final class BackupFreeze {

    private static final Logger LOG = Logger.getLogger(BackupFreeze.class.getName());

    private static final Work FREEZE = Work.of("backup_manager_freeze_all")
            .in(BackupMaker.GROUP)
            .requiring("BackupManager.freeze_all", JobCondition.RUNNING)
            .kept();

    private static final Work SIGNAL = Work.of("backup_manager_signal_thaw")
            .in(BackupMaker.GROUP)
            .requiring("BackupManager.thaw_all", JobCondition.FROZEN)
            .internal();

    private static final Work THAW = Work.of("backup_manager_thaw_all").kept();

    private final AppSaving apps;
    private final CoreHold core;
    private final Jobs jobs;
    private final State state;
    private final AtomicReference<Frozen> now = new AtomicReference<>();

    @Inject
    BackupFreeze(AppSaving apps, CoreHold core, Jobs jobs, State state) {
        this.apps = apps;
        this.core = core;
        this.jobs = jobs;
        this.state = state;
    }

    /** One freeze; it is thawed by whoever comes first. */
    private static final class Frozen {
        private final List<String> apps = new ArrayList<>();
        private boolean hasCore;
    }

    /**
     * Ends when all stand still.
     *
     * @param limit after which it thaws by itself
     * @throws ApiFailure.BadRequest the Supervisor is not in state {@code running}, a backup or restore runs, Core does not run
     * @throws ApiFailure as the stop or the command of an app does; all goes on as before then
     */
    void freeze(Duration limit) {
        jobs.run(FREEZE, () -> {
            Job job = Job.current().orElseThrow();
            Frozen frozen = new Frozen();
            state.enter(SupervisorState.FREEZE);
            try {
                job.stage("home_assistant");
                core.begin();
                frozen.hasCore = true;
                job.stage("apps");
                each(apps.running(), apps::freeze, frozen.apps);
            } catch (RuntimeException failure) {
                letGo(frozen);
                throw failure;
            }
            now.set(frozen);
            arm(frozen, limit);
        });
    }

    private void arm(Frozen frozen, Duration limit) {
        Thread.ofVirtual().name("thaw").start(() -> {
            try {
                Thread.sleep(limit);
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
            if (now.compareAndSet(frozen, null)) {
                LOG.warning("Nobody asked for a thaw in time, it begins now");
                jobs.run(THAW, () -> letGo(frozen));
            }
        });
    }

    /**
     * Ends when all go on.
     *
     * @throws ApiFailure.BadRequest nothing is frozen, or it is for another reason than {@link #freeze}
     */
    void thaw() {
        if (state.current() == SupervisorState.FREEZE
                && now.get() == null
                && !jobs.isRunning(FREEZE.group().orElseThrow())) {
            throw notOurs();
        }
        jobs.run(SIGNAL, () -> {
            Frozen frozen = now.getAndSet(null);
            if (frozen == null) {
                throw notOurs();
            }
            jobs.run(THAW, () -> letGo(frozen));
        });
    }

    private static ApiFailure notOurs() {
        return new ApiFailure.BadRequest("Freeze was not initiated by freeze API, cannot thaw this way");
    }

    /** What fails of one stops no other; it is told by the job. */
    private void letGo(Frozen frozen) {
        Job job = Job.current().orElseThrow();
        List<String> starting = new ArrayList<>();
        try {
            if (frozen.hasCore) {
                job.stage("home_assistant");
                core.end();
            }
            job.stage("apps");
            each(frozen.apps, apps::thaw, starting);
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.severe(() -> "Not everything goes on as before: " + failure.getMessage());
            LOG.log(Level.FINE, "Why it does not", failure);
            job.error(failure);
        } finally {
            if (state.current() == SupervisorState.FREEZE) {
                state.enter(SupervisorState.RUNNING);
            }
        }
        if (!starting.isEmpty()) {
            job.stage("await_app_restarts");
            apps.awaitStarted(starting);
        }
    }

    /**
     * Does it with all of them at the same time.
     *
     * @param done gets those for which it was true, whatever becomes of the others
     * @throws ApiFailure the first failure, when all are through
     */
    private static void each(List<String> slugs, Predicate<String> verb, List<String> done) {
        Map<String, CompletableFuture<Boolean>> all = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            slugs.forEach(slug -> all.put(slug, CompletableFuture.supplyAsync(() -> verb.test(slug), threads)));
        }
        List<RuntimeException> failures = new ArrayList<>();
        all.forEach((slug, future) -> {
            try {
                if (future.join()) {
                    done.add(slug);
                }
            } catch (CompletionException failure) {
                failures.add(failure.getCause() instanceof RuntimeException known ? known : failure);
            }
        });
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
