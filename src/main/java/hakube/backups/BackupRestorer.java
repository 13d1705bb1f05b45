package hakube.backups;

import hakube.api.ApiFailure;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Restores backups (upstream {@code supervisor/backups/manager.py}, {@code do_restore_full} and {@code do_restore_partial}, 2026-08). */
@Singleton
public final class BackupRestorer {

    private final Jobs jobs;
    private final RestoreRun run;
    private final Backups backups;

    @Inject
    BackupRestorer(Jobs jobs, RestoreRun run, Backups backups) {
        this.jobs = jobs;
        this.run = run;
        this.backups = backups;
    }

    /**
     * Begins when the request and the backup's password are found good, and waits for the end unless it is to go on in the background.
     *
     * @return id of the job
     * @throws ApiFailure as {@link RestoreChecks} does, or a condition of the job is not met: nothing has begun
     * @throws ApiFailure.NotFound the file is gone; the list is read again
     * @throws ApiFailure.BadRequest the restore that was waited for failed, or not all of it went well
     */
    String restore(Backup backup, RestoreRequest request) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        Jobs.Begun begun = begin(backup, request, outcome);
        if (!request.inBackground() && !await(begun, outcome)) {
            throw ApiFailure.BadRequest.ofJob(
                    "An error occurred during restore of " + backup.slug() + ", check job '" + begun.id()
                            + "' or supervisor logs for details",
                    begun.id());
        }
        return begun.id();
    }

    private Jobs.Begun begin(Backup backup, RestoreRequest request, CompletableFuture<Boolean> outcome) {
        try {
            return jobs.begin(work(backup, request), () -> plan(backup, request), plan -> run(plan, outcome));
        } catch (UncheckedIOException failure) {
            throw RestoreRun.told("The restore of " + backup.slug() + " cannot begin", failure);
        }
    }

    private RestorePlan plan(Backup backup, RestoreRequest request) {
        try {
            return RestoreChecks.plan(backup, request);
        } catch (ApiFailure.NotFound gone) {
            backups.reloadLater();
            throw gone;
        }
    }

    private static Work work(Backup backup, RestoreRequest request) {
        String kind = request.choice().isPresent() ? "partial" : "full";
        return Work.of("backup_manager_" + kind + "_restore", backup.slug())
                .in("backup_manager")
                .requiring(
                        "BackupManager.do_restore_" + kind,
                        JobCondition.FREE_SPACE,
                        JobCondition.HEALTHY,
                        JobCondition.INTERNET_HOST,
                        JobCondition.INTERNET_SYSTEM,
                        JobCondition.RUNNING)
                .kept();
    }

    private void run(RestorePlan plan, CompletableFuture<Boolean> outcome) {
        try {
            outcome.complete(run.run(plan));
        } catch (RuntimeException | Error failure) {
            outcome.completeExceptionally(failure);
            throw failure;
        }
    }

    /** @return whether all went well, when clients can see that the job is over */
    private static boolean await(Jobs.Begun begun, CompletableFuture<Boolean> outcome) {
        try {
            begun.end().get();
            return outcome.get();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new ApiFailure.BadRequest("The Supervisor ends, job '" + begun.id() + "' is not over", ended);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof ApiFailure known
                    ? ApiFailure.BadRequest.ofJob(known.getMessage(), begun.id())
                    : new IllegalStateException("The restore met a fault", failed.getCause());
        }
    }
}
