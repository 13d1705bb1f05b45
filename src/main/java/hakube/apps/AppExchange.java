package hakube.apps;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Puts one revision of an installed app in the place of another, and the other one back when the new one does not start. Whoever calls
 * holds the app's job.
 */
@Singleton
final class AppExchange {

    private static final Logger LOG = Logger.getLogger(AppExchange.class.getName());

    private final AppsFile file;
    private final AppAvailability availability;
    private final AppRun run;
    private final AppOptions options;
    private final AppUndo undo;
    private final AppBoard board;
    private final AppIssues issues;

    @Inject
    AppExchange(
            AppsFile file,
            AppAvailability availability,
            AppRun run,
            AppOptions options,
            AppUndo undo,
            AppBoard board,
            AppIssues issues) {
        this.file = file;
        this.availability = availability;
        this.run = run;
        this.options = options;
        this.undo = undo;
        this.board = board;
        this.issues = issues;
    }

    /**
     * From what to what.
     *
     * @param word for people: {@code update} or {@code return}
     * @param wasRunning whether it is started again, as only an app is that runs
     */
    record Plan(String word, InstalledApp before, InstalledApp after, boolean wasRunning) {}

    /**
     * Checks what can be checked before anything is done. What the user chose must fit the new schema where the app runs, and its
     * ports be free, since it would be stopped for a start that fails; a stopped one is changed all the same, as upstream does, and
     * told at its start.
     *
     * @throws ApiFailure.BadRequest the user's options do not fit, or another app has a port
     * @throws ApiFailure as {@link AppAvailability#require}
     */
    Plan plan(String word, InstalledApp before, AppRevision revision) {
        InstalledApp after = before.at(revision, Optional.empty());
        availability.require(after);
        boolean wasRunning = undo.isRunning(before);
        if (wasRunning) {
            requireFitting(after);
            run.requireFreePorts(after);
        }
        return new Plan(word, before, after, wasRunning);
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

    /**
     * Does it. The app is started again if it ran.
     *
     * @throws ApiFailure.BadRequest when the new revision did not start: the message says why, and what runs now
     * @throws ApiFailure as the cluster does, and then all is as it was, or becomes so at the next start of the Supervisor
     */
    void run(Plan plan) {
        InstalledApp before = plan.before;
        AppUpdating mark =
                new AppUpdating(before.revision(), ImageDigest.of(board.pods(before.slug())), plan.wasRunning);
        InstalledApp after = plan.after.at(plan.after.revision(), Optional.of(mark));
        file.put(before.at(before.revision(), Optional.of(mark)));
        try {
            run.stop(before);
            // Before the start: what an app may do is read from here as soon as it asks.
            file.put(after);
            if (plan.wasRunning) {
                run.startOnTrial(after);
            } else {
                run.applyStopped(after);
            }
        } catch (ApiFailure | UncheckedIOException failure) {
            if (Thread.currentThread().isInterrupted()) {
                // The Supervisor ends: its next start finds the mark, and has the time for a way back.
                throw failure;
            }
            throw takenBack(plan, mark, failure);
        }
        undo.settle(after);
        LOG.info(() -> "The " + plan.word + " of app " + before.slug() + " to "
                + after.user().version() + " is done");
        issues.updated(before.slug());
    }

    /** @return what ends the request */
    private RuntimeException takenBack(Plan plan, AppUpdating mark, RuntimeException failure) {
        InstalledApp before = plan.before;
        String version = plan.after.user().version();
        String cause = undo.cause(before.slug(), failure);
        LOG.log(Level.FINE, failure, () -> "The " + plan.word + " failed");
        String outcome = undo.takeBack(file.find(before.slug()).orElse(before), mark, version, failure);
        return AppUndo.isDecided(failure)
                ? new ApiFailure.BadRequest(
                        "The " + plan.word + " of app " + before.slug() + " to " + version + " failed: " + cause + ". "
                                + outcome,
                        failure)
                : failure;
    }
}
