package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppRestore;
import hakube.core.Core;
import hakube.core.CoreRestore;
import hakube.jobs.Job;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.storage.TreeSwap;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One restore from the first to the last step, on the thread of its job (upstream {@code supervisor/backups/manager.py},
 * {@code _do_restore}, 2026-08; there the archive is read while it is restored, here it is whole on the claim before).
 */
@Singleton
final class RestoreRun {

    private static final Logger LOG = Logger.getLogger(RestoreRun.class.getName());

    private final Folders folders;
    private final State state;
    private final Core core;
    private final CoreRestore coreRestore;
    private final AppRestore appRestore;
    private final RestoreSteps steps;
    private final Revival revival;

    @Inject
    RestoreRun(
            Folders folders,
            State state,
            Core core,
            CoreRestore coreRestore,
            AppRestore appRestore,
            RestoreSteps steps,
            Revival revival) {
        this.folders = folders;
        this.state = state;
        this.core = core;
        this.coreRestore = coreRestore;
        this.appRestore = appRestore;
        this.steps = steps;
        this.revival = revival;
    }

    /** Where parts lie until they are where they belong: beside the folders, on the same file system, and mounted by nobody. */
    static Path work(Folders folders) {
        return folders.of(".restore");
    }

    /**
     * Does it.
     *
     * @return whether all of it went well; what did not is told by the jobs of the parts
     * @throws ApiFailure nothing was touched, or Core is not as it should be
     */
    boolean run(RestorePlan plan) {
        Path work = work(folders);
        TreeSwap swap = new TreeSwap(folders, work);
        state.enter(SupervisorState.FREEZE);
        try {
            Staged staged = stage(plan, swap, work);
            Waking waking = new Waking(
                    new Unfinished(plan.backup().slug(), core.isRunning(), revival.running()).write(folders));
            boolean isWhole = restore(plan, staged, swap, waking);
            LOG.info(() -> "The restore of " + plan.backup().slug() + " is over" + (isWhole ? "" : ", with errors"));
            return isWhole;
        } catch (UncheckedIOException failure) {
            throw told("The restore of " + plan.backup().slug() + " failed", failure);
        } finally {
            clear(swap);
            if (state.current() == SupervisorState.FREEZE) {
                state.enter(SupervisorState.RUNNING);
            }
        }
    }

    private Staged stage(RestorePlan plan, TreeSwap swap, Path work) {
        LOG.info(() -> "Checking and unpacking backup " + plan.backup().slug());
        try {
            swap.recover(appRestore::putBack);
        } catch (IOException | UncheckedIOException failure) {
            throw new ApiFailure.BadRequest(
                    "The rest of a former restore cannot be cleared away: " + failure.getMessage(), failure);
        }
        return new Staging(plan, work.resolve("parts"), appRestore, new Room(folders.root())).unpack();
    }

    /** What has to run again, written down as it changes. */
    private final class Waking {
        private Unfinished due;

        Waking(Unfinished due) {
            this.due = due;
        }

        void restored(String slug, boolean isStarted) {
            due = due.with(slug, isStarted).write(folders);
        }

        void withCore() {
            due = new Unfinished(due.backup(), true, due.apps()).write(folders);
        }
    }

    private boolean restore(RestorePlan plan, Staged staged, TreeSwap swap, Waking waking) {
        boolean isWhole;
        try {
            if (plan.core()) {
                coreRestore.begin(Job.current().map(Job::uuid).orElse(""));
                waking.withCore();
            }
            if (plan.isFull()) {
                revival.stopAll();
            }
            isWhole = parts(plan, staged, swap, waking);
        } catch (RuntimeException failure) {
            wakeAfter(failure, plan, waking);
            throw failure;
        }
        return wake(plan, waking) && isWhole;
    }

    private boolean parts(RestorePlan plan, Staged staged, TreeSwap swap, Waking waking) {
        boolean isWhole = true;
        Optional<ApiFailure> version = Optional.empty();
        if (!plan.folders().isEmpty()) {
            stage("folders");
            isWhole = steps.folders(plan, staged, swap);
        }
        if (plan.core()) {
            stage("home_assistant");
            steps.core(plan, staged.core().orElseThrow(), swap);
            version = bring(plan);
        }
        if (plan.isFull()) {
            stage("remove_delta_apps");
            isWhole = isWhole && steps.removeOthers(plan);
        }
        if (!plan.apps().isEmpty()) {
            stage("app_repositories");
            steps.repositories(plan);
            stage("apps");
            isWhole &= steps.apps(plan, staged, swap, app -> waking.restored(app.slug(), app.wasStarted()));
        }
        stage("supervisor_config");
        isWhole &= steps.config(plan, staged);
        if (version.isPresent()) {
            throw version.get();
        }
        return isWhole;
    }

    /** Apps come first: what Core's version has to say counts at the end. */
    private Optional<ApiFailure> bring(RestorePlan plan) {
        try {
            coreRestore.bring(plan.metadata().core().orElseThrow().version());
            return Optional.empty();
        } catch (ApiFailure failure) {
            return Optional.of(failure);
        }
    }

    private boolean wake(RestorePlan plan, Waking waking) {
        List<String> due = revival.due(waking.due.apps());
        if (!due.isEmpty()) {
            stage("await_app_restarts");
        }
        boolean isAway = false;
        try {
            Map<String, String> failures = revival.start(due);
            steps.notStarted(failures);
            if (waking.due.core() && (plan.core() || plan.isFull())) {
                stage("await_home_assistant_restart");
                revival.startCore();
            }
            return failures.isEmpty();
        } catch (ApiFailure.Unavailable away) {
            isAway = true;
            throw away;
        } finally {
            if (plan.core()) {
                coreRestore.end();
            }
            // The next start goes on where nobody could be asked.
            if (!isAway && !Thread.currentThread().isInterrupted()) {
                Unfinished.end(folders);
            }
        }
    }

    /** A failure before is what counts; what stays down is in the log. */
    private void wakeAfter(RuntimeException failure, RestorePlan plan, Waking waking) {
        try {
            wake(plan, waking);
        } catch (RuntimeException again) {
            LOG.log(Level.SEVERE, "Not all that ran before the restore runs again", again);
            failure.addSuppressed(again);
        }
    }

    private static void stage(String stage) {
        Job.current().ifPresent(job -> job.stage(stage));
    }

    /** What happened to the disk, for people. */
    static ApiFailure told(String what, UncheckedIOException failure) {
        return new ApiFailure.BadRequest(
                what + ": " + failure.getMessage() + ": " + failure.getCause().getMessage(), failure);
    }

    private static void clear(TreeSwap swap) {
        try {
            swap.clear();
        } catch (IOException | UncheckedIOException failure) {
            LOG.log(Level.WARNING, "What the restore unpacked is cleared away at the next start", failure);
        }
    }
}
