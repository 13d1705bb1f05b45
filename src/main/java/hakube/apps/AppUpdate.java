package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.Jobs;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings an installed app to the version that the store offers, and back again when that one does not start.
 *
 * <p>Upstream ({@code supervisor/apps/app.py}, {@code update}, 2026-08) pulls the new image while the old version runs, and leaves that
 * one alone when the pull fails; what happens after the stop it does not take back. Here a node pulls, and only for a pod: so the stop
 * comes first, and the old version comes back for whatever keeps the new one from starting, 15 minutes included, since the job lasts as
 * long as the pull here, too. The image of an app that is stopped is
 * first asked for at its next start.
 */
@Singleton
public final class AppUpdate {

    private static final Logger LOG = Logger.getLogger(AppUpdate.class.getName());

    private final AppsFile file;
    private final AppRun run;
    private final AppOptions options;
    private final AppUndo undo;
    private final AppWatch watch;
    private final Jobs jobs;
    private final AppIssues issues;

    @Inject
    AppUpdate(
            AppsFile file, AppRun run, AppOptions options, AppUndo undo, AppWatch watch, Jobs jobs, AppIssues issues) {
        this.file = file;
        this.run = run;
        this.options = options;
        this.undo = undo;
        this.watch = watch;
        this.jobs = jobs;
        this.issues = issues;
    }

    /** What asking for an update of the newest version ends with: {@code app_no_update_available_error}. */
    public static ApiFailure noUpdate(String slug) {
        return new ApiFailure.BadRequest(
                "No update available for app " + slug, "app_no_update_available_error", Map.of("app", slug));
    }

    /**
     * Updates to what the store offers. The app is started again if it ran; when the new version does not start, the old one comes
     * back.
     *
     * @param arch of the image that fits the cluster, upstream's word
     * @throws ApiFailure.BadRequest before the first write when it is not installed, there is no update, the user's options do not
     *     fit, or another app has a port; afterwards when the new version did not start: the message says why, and what runs now
     * @throws ApiFailure.UnsupportedHere with all demands that a cluster cannot meet
     * @throws ApiFailure as the cluster does, and then all is as it was, or becomes so at the next start of the Supervisor
     */
    public void update(StoreApp offered, String arch) {
        try {
            jobs.run(Apps.imageWork("update", offered), () -> run(plan(offered, arch)));
        } finally {
            watch.lookLater(offered.slug());
        }
    }

    /**
     * As {@link #update}, but only what can be checked beforehand ends before it returns.
     *
     * @return id of the job
     */
    public String updateInBackground(StoreApp offered, String arch) {
        return jobs.background(Apps.imageWork("update", offered), () -> plan(offered, arch), this::run);
    }

    /** From what to what. @param wasRunning whether it is started again, as only an app is that runs */
    private record Plan(InstalledApp before, InstalledApp after, boolean wasRunning) {}

    /**
     * Checks what can be checked before anything is done. What the user chose must fit the new schema where the app runs, and its
     * ports be free, since it would be stopped for a start that fails; a stopped one is updated all the same, as upstream does, and
     * told at its start.
     */
    private Plan plan(StoreApp offered, String arch) {
        InstalledApp before = file.find(offered.slug())
                .orElseThrow(() -> new ApiFailure.BadRequest("App " + offered.slug() + " is not installed"));
        AppRevision revision = AppRevision.of(offered.manifest(), arch);
        if (revision.version().equals(before.user().version())) {
            throw noUpdate(before.slug());
        }
        InstalledApp after = before.at(revision, Optional.empty());
        run.require(after);
        boolean wasRunning = undo.isRunning(before);
        if (wasRunning) {
            requireFitting(after);
            run.requireFreePorts(after);
        }
        return new Plan(before, after, wasRunning);
    }

    private void requireFitting(InstalledApp after) {
        try {
            options.effective(after);
        } catch (ApiFailure.BadRequest unfit) {
            throw new ApiFailure.BadRequest(
                    unfit.getMessage() + ". While it is stopped it can be updated all the same",
                    unfit.errorKey().orElse(null),
                    unfit.extraFields());
        }
    }

    private void run(Plan plan) {
        InstalledApp before = plan.before;
        Optional<AppUpdating> mark = Optional.of(new AppUpdating(before.revision(), plan.wasRunning));
        file.put(before.at(before.revision(), mark));
        try {
            run.stop(before);
            // Before the start: what an app may do is read from here as soon as it asks.
            file.put(plan.after.at(plan.after.revision(), mark));
            if (plan.wasRunning) {
                run.startOnTrial(plan.after);
            } else {
                run.applyStopped(plan.after);
            }
        } catch (ApiFailure | UncheckedIOException failure) {
            if (Thread.currentThread().isInterrupted()) {
                // The Supervisor ends: its next start finds the mark, and has the time for a way back.
                throw failure;
            }
            throw takenBack(plan, mark.get(), failure);
        }
        file.put(plan.after);
        LOG.info(() ->
                "App " + before.slug() + " is updated to " + plan.after.user().version());
        issues.updated(before.slug());
    }

    /** @return what ends the request */
    private RuntimeException takenBack(Plan plan, AppUpdating mark, RuntimeException failure) {
        InstalledApp before = plan.before;
        String cause = undo.cause(before.slug(), failure);
        LOG.log(Level.FINE, "The update failed", failure);
        String outcome = undo.takeBack(
                file.find(before.slug()).orElse(before), mark, plan.after.user().version(), failure);
        return AppUndo.isDecided(failure)
                ? new ApiFailure.BadRequest(
                        "The update of app " + before.slug() + " to "
                                + plan.after.user().version() + " failed: " + cause + ". " + outcome,
                        failure)
                : failure;
    }
}
