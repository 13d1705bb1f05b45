package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppSaving;
import hakube.archive.ArchiveWriter;
import hakube.jobs.Job;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The making of one backup, stage by stage, on the thread of its job (upstream {@code supervisor/backups/manager.py},
 * {@code _do_backup}, 2026-08).
 *
 * <p>An app or a folder that cannot be read is left out, and its job says why. What fails of Core, or of the file, ends all, and no file
 * is left.
 */
@Singleton
final class BackupWork {

    private static final Logger LOG = Logger.getLogger(BackupWork.class.getName());

    private final Folders folders;
    private final BackupParts parts;
    private final AppSaving apps;
    private final Backups backups;
    private final BackupCopies copies;
    private final Jobs jobs;
    private final State state;

    @Inject
    BackupWork(
            Folders folders,
            BackupParts parts,
            AppSaving apps,
            Backups backups,
            BackupCopies copies,
            Jobs jobs,
            State state) {
        this.folders = folders;
        this.parts = parts;
        this.apps = apps;
        this.backups = backups;
        this.copies = copies;
        this.jobs = jobs;
        this.state = state;
    }

    /**
     * What is to be made.
     *
     * @param apps full slugs
     * @param folders in upstream's words
     */
    record Plan(
            NewBackup backup, ArchiveWriter.Options options, boolean core, List<String> apps, List<String> folders) {}

    /** @return empty when it failed, of which the job tells */
    Optional<Backup> run(Plan plan) {
        Job job = Job.current().orElseThrow();
        NewBackup draft = plan.backup;
        job.reference(draft.slug());
        job.stage("app_repositories");
        LOG.info(() -> "Backup " + draft.slug() + " begins");
        List<String> starting = new ArrayList<>();
        state.enter(SupervisorState.FREEZE);
        try {
            Backup made = write(plan, job, starting);
            backups.add(made);
            Backup everywhere = copyOn(draft, made, job);
            if (!starting.isEmpty()) {
                job.stage("await_app_restarts");
                apps.awaitStarted(starting);
            }
            LOG.info(() -> "Backup " + draft.slug() + " is done");
            return Optional.of(everywhere);
        } catch (ApiFailure failure) {
            LOG.severe(() -> "Backup " + draft.slug() + " failed: " + failure.getMessage());
            LOG.log(Level.FINE, "Why it failed", failure);
            job.error(isOfTarget(failure) ? unwritable(draft, failure.getCause().getCause()) : failure);
        } catch (IOException | RuntimeException failure) {
            LOG.log(Level.SEVERE, "Backup " + draft.slug() + " failed", failure);
            job.error(unwritable(draft, failure));
        } finally {
            thaw();
        }
        Thread.ofVirtual().name("await-restarts").start(() -> apps.awaitStarted(starting));
        return Optional.empty();
    }

    /** A Supervisor that ends meanwhile does not run again. */
    private void thaw() {
        if (state.current() == SupervisorState.FREEZE) {
            state.enter(SupervisorState.RUNNING);
        }
    }

    private Backup write(Plan plan, Job job, List<String> starting) throws IOException {
        NewBackup draft = plan.backup;
        BackupLocation location = draft.request().locations().getFirst();
        PartFile file = PartFile.of(folders.of(location.folder()), draft);
        file.requireFree();
        try (ArchiveWriter archive = ArchiveWriter.create(file.part(), plan.options, LOG::warning)) {
            if (plan.core) {
                job.stage("home_assistant");
                inJob("backup_store_homeassistant", draft.slug(), () -> parts.core(archive, draft));
            }
            if (!plan.apps.isEmpty()) {
                job.stage("apps");
                inJob("backup_store_apps", draft.slug(), () -> saveApps(plan, archive, starting));
            }
            if (!plan.folders.isEmpty()) {
                job.stage("folders");
                inJob("backup_store_folders", draft.slug(), () -> saveFolders(plan, archive));
            }
            job.stage("supervisor_config");
            inJob("backup_store_supervisor_config", draft.slug(), () -> parts.supervisor(archive));
            job.stage("finishing_file");
            archive.finish(draft.json());
        }
        long size = file.publish();
        return new Backup(draft.metadata(), Map.of(location, new BackupFile(file.target(), draft.isProtected(), size)));
    }

    private void saveApps(Plan plan, ArchiveWriter archive, List<String> starting) {
        for (String slug : plan.apps) {
            orLeaveOut("App " + slug, () -> {
                if (given("backup_app_save", slug, () -> parts.app(slug, archive, plan.backup))) {
                    starting.add(slug);
                }
            });
        }
    }

    private void saveFolders(Plan plan, ArchiveWriter archive) {
        for (String folder : plan.folders) {
            orLeaveOut(
                    "Folder " + folder,
                    () -> inJob("backup_folder_save", folder, () -> parts.folder(folder, archive, plan.backup)));
        }
    }

    /** What a part fails of stands in its own job and in the one around it. */
    private static void orLeaveOut(String what, Runnable save) {
        try {
            save.run();
        } catch (ApiFailure failure) {
            if (isOfTarget(failure)) {
                throw failure;
            }
            LOG.log(Level.SEVERE, what + " is not in the backup: " + failure.getMessage(), failure);
            Job.current().orElseThrow().error(failure);
        }
    }

    /** What cannot be opened has a name; the file of the backup, which is open all the time, fails without one. */
    private static boolean isOfTarget(ApiFailure failure) {
        return failure.getCause() instanceof Broken broken && !(broken.getCause() instanceof FileSystemException);
    }

    /** The reading or the writing, and not the cluster, whose failures have causes of the same kind. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(IOException cause) {
            super(cause);
        }
    }

    private Backup copyOn(NewBackup draft, Backup made, Job job) {
        List<BackupLocation> others = draft.request()
                .locations()
                .subList(1, draft.request().locations().size());
        if (others.isEmpty()) {
            return made;
        }
        job.stage("copy_additional_locations");
        return copies.make(made, others);
    }

    private static ApiFailure unwritable(NewBackup draft, Throwable failure) {
        return failure instanceof IOException || failure instanceof UncheckedIOException
                ? new ApiFailure.BadRequest(
                        "Backup " + draft.slug() + " could not be written: " + PartFile.reason(failure), failure)
                : new ApiFailure.BadRequest(
                        "Backup " + draft.slug() + " failed of something unforeseen, see the Supervisor's log",
                        failure);
    }

    /** One step of the work. */
    private interface Step {
        void run() throws IOException;
    }

    /** A step with a value. */
    private interface Giving<R> {
        R get() throws IOException;
    }

    private void inJob(String name, String reference, Step step) {
        var unused = given(name, reference, () -> {
            step.run();
            return true;
        });
    }

    /** @throws ApiFailure what the step threw; {@link Broken} by an {@link IOException}, since a job tells of nothing else */
    private <R> R given(String name, String reference, Giving<R> step) {
        Supplier<R> body = () -> {
            try {
                return step.get();
            } catch (IOException | UncheckedIOException failure) {
                throw new ApiFailure.BadRequest(
                        reference + " could not be backed up: " + PartFile.reason(failure), new Broken(cause(failure)));
            }
        };
        return jobs.run(Work.of(name, reference).kept(), body);
    }

    private static IOException cause(Exception failure) {
        return failure instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) failure;
    }
}
