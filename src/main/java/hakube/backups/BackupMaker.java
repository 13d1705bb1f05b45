package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.Apps;
import hakube.archive.ArchiveWriter;
import hakube.archive.Password;
import hakube.archive.Protection;
import hakube.core.Core;
import hakube.jobs.JobCondition;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.store.Store;
import hakube.versions.Version;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;

/** Makes backups (upstream {@code supervisor/backups/manager.py}, {@code do_backup_full} and {@code do_backup_partial}, 2026-08). */
@Singleton
public final class BackupMaker {

    /** Of all that makes or restores backups. */
    static final String GROUP = "backup_manager";

    private static final Logger LOG = Logger.getLogger(BackupMaker.class.getName());

    private static final List<String> ALL_FOLDERS = List.of("share", "addons/local", "ssl", "media");

    /** The first Core that reads version 3. */
    private static final Version FIRST_WITH_V3 = new Version("2026.3.0");

    /** What upstream leaves out of the list of repositories. */
    private static final List<String> NOT_LISTED = List.of("local", "core");

    private final BackupWork work;
    private final Apps apps;
    private final Core core;
    private final Store store;
    private final Jobs jobs;

    @Inject
    BackupMaker(BackupWork work, Apps apps, Core core, Store store, Jobs jobs) {
        this.work = work;
        this.apps = apps;
        this.core = core;
        this.store = store;
        this.jobs = jobs;
    }

    /** @param slug empty while the work goes on in the background */
    record Started(String jobId, Optional<String> slug) {}

    /**
     * Makes one, and waits for it unless that is not wished.
     *
     * @throws ApiFailure.BadRequest before there is a job: another backup or restore runs, the Supervisor is not in state
     *     {@code running}, less than 2 GB are free; after the work: it failed, the job says of what
     */
    Started make(CreateRequest request) {
        AtomicReference<Backup> made = new AtomicReference<>();
        Jobs.Begun begun = jobs.begin(
                job(request), () -> plan(request), plan -> work.run(plan).ifPresent(made::set));
        if (request.inBackground() && !begun.end().isDone()) {
            return new Started(begun.id(), Optional.empty());
        }
        begun.end().join();
        return Optional.ofNullable(made.get())
                .map(backup -> new Started(begun.id(), Optional.of(backup.slug())))
                .orElseThrow(() -> ApiFailure.BadRequest.ofJob(
                        "An error occurred while making backup, check job '" + begun.id()
                                + "' or supervisor logs for details",
                        begun.id()));
    }

    private static Work job(CreateRequest request) {
        String kind = request.choice().isPresent() ? "partial" : "full";
        return Work.of("backup_manager_" + kind + "_backup")
                .in(GROUP)
                .requiring("BackupManager.do_backup_" + kind, JobCondition.RUNNING, JobCondition.FREE_SPACE)
                .kept();
    }

    private BackupWork.Plan plan(CreateRequest request) {
        NewBackup backup = new NewBackup(request, Instant.now(), repositories());
        ArchiveWriter.Options options = new ArchiveWriter.Options(
                request.isCompressed(),
                request.password().map(this::protection),
                Runtime.getRuntime().availableProcessors());
        return request.choice()
                .map(choice -> partial(backup, options, choice))
                .orElseGet(() -> new BackupWork.Plan(backup, options, true, apps.slugs(), ALL_FOLDERS));
    }

    private BackupWork.Plan partial(NewBackup backup, ArchiveWriter.Options options, PartChoice choice) {
        List<String> chosen =
                switch (choice.apps()) {
                    case PartChoice.Apps.All ignored -> apps.slugs();
                    case PartChoice.Apps.Some some ->
                        some.slugs().stream().filter(this::isInstalled).toList();
                };
        List<String> folders =
                ALL_FOLDERS.stream().filter(choice.folders()::contains).toList();
        if (!choice.core() && chosen.isEmpty() && folders.isEmpty()) {
            LOG.severe(() -> "Backup " + backup.slug() + " is asked to hold nothing");
        }
        return new BackupWork.Plan(backup, options, choice.core(), chosen, folders);
    }

    private boolean isInstalled(String slug) {
        boolean isInstalled = apps.isInstalled(slug);
        if (!isInstalled) {
            LOG.warning(() -> "App " + slug + " is not installed, so no backup holds it");
        }
        return isInstalled;
    }

    /** Core opens backups itself, and an older one knows nothing of version 3. */
    private Protection protection(Password password) {
        boolean isNew = Optional.ofNullable(core.options().version())
                .filter(version -> new Version(version).isAtLeast(FIRST_WITH_V3))
                .isPresent();
        return isNew ? Protection.v3(password) : Protection.v2(password);
    }

    private List<String> repositories() {
        return store.repositories().stream()
                .filter(repository -> !NOT_LISTED.contains(repository.slug()))
                .map(repository -> repository.source())
                .distinct()
                .toList();
    }
}
