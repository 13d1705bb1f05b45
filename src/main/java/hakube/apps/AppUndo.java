package hakube.apps;

import hakube.api.ApiFailure;
import io.kubernetes.client.openapi.models.V1Deployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The way back from an update that did not go through. Whoever calls holds the app's job. */
@Singleton
final class AppUndo {

    private static final Logger LOG = Logger.getLogger(AppUndo.class.getName());

    private final AppsFile file;
    private final AppRun run;
    private final AppBoard board;
    private final AppIssues issues;

    @Inject
    AppUndo(AppsFile file, AppRun run, AppBoard board, AppIssues issues) {
        this.file = file;
        this.run = run;
        this.board = board;
        this.issues = issues;
    }

    /**
     * Undoes what a crash cut off, and starts nothing yet.
     *
     * @return the app as it is now; the mark stays where {@link #resume} has something to do
     */
    InstalledApp mend(InstalledApp app) {
        if (app.user().updating().isEmpty()) {
            return app;
        }
        AppUpdating mark = app.user().updating().get();
        if (isUp(app)) {
            boolean isOnTrial = isNew(app, mark) && board.seen(app.slug()).state() == AppState.STARTUP;
            return isOnTrial ? app : settle(app);
        }
        String left = app.user().version();
        LOG.warning(() -> "Undoing the update of " + app.slug() + " that was cut off");
        InstalledApp before = undo(app, mark);
        if (!left.equals(before.user().version())) {
            issues.rolledBack(app.slug(), "The update to " + left + " was cut off by the end of the Supervisor");
        }
        return mark.wasRunning() ? before : settle(before);
    }

    /** Starts again what {@link #mend} left stopped, and waits for a new version that has not started yet. */
    void resume(InstalledApp app) {
        InstalledApp now = mend(app);
        if (now.user().updating().isEmpty()) {
            return;
        }
        if (isNew(now, now.user().updating().get())) {
            LOG.warning(() -> "Waiting for " + app.slug() + ", whose update was cut off");
            endTrial(now);
        } else {
            LOG.warning(() -> "Starting " + app.slug() + " again, whose update was cut off");
            run.startAgain(now);
            settle(now);
        }
    }

    private void endTrial(InstalledApp app) {
        try {
            run.awaitTrial(app);
        } catch (ApiFailure failure) {
            if (Thread.currentThread().isInterrupted()) {
                throw failure;
            }
            takeBack(app, app.user().updating().orElseThrow(), app.user().version(), failure);
            return;
        }
        settle(app);
        issues.updated(app.slug());
    }

    private static boolean isNew(InstalledApp app, AppUpdating mark) {
        return !mark.before().version().equals(app.user().version());
    }

    /**
     * Brings the old version back, started if it ran.
     *
     * @param app as it is now
     * @param version that failed
     * @return what became of the old version, for people
     */
    String takeBack(InstalledApp app, AppUpdating mark, String version, RuntimeException failure) {
        String slug = app.slug();
        String cause = cause(slug, failure);
        LOG.severe(() -> "Version " + version + " of app " + slug + " is given up: " + cause);
        if (isDecided(failure)) {
            issues.rolledBack(slug, cause);
        }
        String before = "Version " + mark.before().version();
        try {
            InstalledApp now = undo(app, mark);
            if (mark.wasRunning() && !isUp(now)) {
                run.startAgain(now);
            }
            settle(now);
            return before + (mark.wasRunning() ? " runs again" : " is installed again");
        } catch (ApiFailure | UncheckedIOException again) {
            String outcome = before + " did not come back: " + cause(slug, again);
            LOG.log(Level.SEVERE, "App " + slug + ": " + outcome, again);
            issues.updateFailed(slug, outcome);
            return outcome;
        }
    }

    /** Whether it is the new version's fault, not that of the cluster or the disk. */
    static boolean isDecided(RuntimeException failure) {
        return failure instanceof ApiFailure
                && !(failure instanceof ApiFailure.Unavailable || failure instanceof ApiFailure.MissingPermission);
    }

    /** The watches know more than the answer of a start. */
    String cause(String slug, RuntimeException failure) {
        AppStates.Seen seen = board.seen(slug);
        boolean isUnknown = failure instanceof ApiFailure.Internal;
        return isUnknown && seen.state() == AppState.ERROR && !seen.reason().isEmpty()
                ? seen.reason()
                : String.valueOf(failure.getMessage());
    }

    /** The app without an update or a pause under way, for whoever is about to start or stop it: what is wished now counts. */
    InstalledApp settled(InstalledApp app) {
        InstalledApp now = mend(app);
        InstalledApp settled = now.user().updating().isPresent() ? settle(now) : now;
        return settled.user().own().isPaused() ? unpaused(settled) : settled;
    }

    private InstalledApp unpaused(InstalledApp app) {
        InstalledApp after = app.with(app.user().withPaused(false));
        file.put(after);
        return after;
    }

    /** File first, since that needs no cluster; then the template. What runs as it ought to goes on. */
    InstalledApp undo(InstalledApp app, AppUpdating mark) {
        InstalledApp before = app.at(mark.before(), Optional.of(mark));
        file.put(before);
        if (!isUp(before)) {
            // As long as the one that runs may take to end.
            run.stop(app);
            run.applyStopped(before);
        }
        return before;
    }

    /** The update is over. */
    InstalledApp settle(InstalledApp app) {
        InstalledApp settled = app.settled();
        file.put(settled);
        return settled;
    }

    /** Whether it runs and is meant to; a stopped app's pod that still ends looks as if it ran. */
    boolean isRunning(InstalledApp app) {
        AppState state = board.seen(app.slug()).state();
        boolean isMeant = app.runsOnce()
                ? AppStates.current(board.pods(app.slug())).isPresent()
                : board.deployment(app.slug()).map(AppStates::replicas).orElse(0) > 0;
        return isMeant && (state == AppState.STARTED || state == AppState.STARTUP);
    }

    /** Whether just that version runs. */
    boolean isUp(InstalledApp app) {
        return isRunning(app)
                && board.deployment(app.slug())
                        .filter(found -> hasImage(found, app))
                        .isPresent();
    }

    private static boolean hasImage(V1Deployment deployment, InstalledApp app) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .anyMatch(container -> AppWorkload.CONTAINER.equals(container.getName())
                        && app.image().equals(container.getImage()));
    }
}
