package hakube.apps;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.store.AppManifest;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Brings an app to where its files can be copied, and back to work (upstream {@code supervisor/apps/app.py}, {@code begin_backup} and
 * {@code end_backup}, 2026-08). Whoever calls holds the app's job.
 *
 * <p>That it is to go on stands in {@code apps.json} from before the stop of a cold one, or the first command, until its start was asked
 * for: so it does, whatever happens to the Supervisor in between.
 */
@Singleton
final class AppPause {

    private static final Logger LOG = Logger.getLogger(AppPause.class.getName());

    /** Of a command of the app; a lock or a dump of its database. Upstream waits for ever. */
    private static final Duration COMMAND = Duration.ofMinutes(10);

    /** A cluster that is away has so many times this to come back. */
    private static final int TRIES = 24;

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final AppsFile file;
    private final AppRun run;
    private final AppUndo undo;
    private final AppBoard board;
    private final Cluster cluster;
    private final Duration retry;

    @Inject
    AppPause(AppsFile file, AppRun run, AppUndo undo, AppBoard board, Cluster cluster) {
        this(file, run, undo, board, cluster, RETRY);
    }

    /** @param retry between two tries to start an app while the cluster is away */
    AppPause(AppsFile file, AppRun run, AppUndo undo, AppBoard board, Cluster cluster, Duration retry) {
        this.file = file;
        this.run = run;
        this.undo = undo;
        this.board = board;
        this.cluster = cluster;
        this.retry = retry;
    }

    /**
     * Stops a cold app and waits until its pod is gone; has another one run its command.
     *
     * @return whether it ran: only then {@link #end} is due
     * @throws ApiFailure it does not stop, and then it is started again; the command fails
     */
    boolean begin(InstalledApp app) {
        AppManifest.BackupRules rules = app.manifest().backup();
        if (!undo.isRunning(app)) {
            return false;
        }
        if (rules.cold()) {
            LOG.info(() -> "App " + app.slug() + " is stopped for a cold backup");
            mark(app, true);
            stop(app);
        } else if (rules.pre().isPresent() || rules.post().isPresent()) {
            mark(app, true);
            rules.pre().ifPresent(command -> prepare(app, command));
        }
        return true;
    }

    private void stop(InstalledApp app) {
        try {
            run.stop(app);
        } catch (ApiFailure failure) {
            resume(app);
            throw failure;
        }
    }

    private void prepare(InstalledApp app, String command) {
        try {
            execute(app, command);
        } catch (ApiFailure failure) {
            mark(app, false);
            throw failure;
        }
    }

    /**
     * Starts a cold app again, without waiting for it; has another one run its command.
     *
     * @return whether a start was asked for
     * @throws ApiFailure the start cannot be asked for, the command fails
     */
    boolean end(InstalledApp app) {
        resume(app);
        return app.manifest().backup().cold();
    }

    /** Ends the pause of an app; fine when there is none. The mark stays only where a start could not be asked for. */
    void resume(InstalledApp found) {
        file.find(found.slug()).filter(app -> app.user().own().isPaused()).ifPresent(app -> {
            boolean isRunning = undo.isRunning(app);
            if (app.manifest().backup().cold()) {
                if (!isRunning) {
                    LOG.info(() -> "App " + app.slug() + " is started again");
                    launch(app);
                }
                mark(app, false);
            } else {
                mark(app, false);
                app.manifest().backup().post().filter(command -> isRunning).ifPresent(command -> execute(app, command));
            }
        });
    }

    /** What was changed of the app meanwhile stays changed. */
    private void mark(InstalledApp app, boolean isPaused) {
        InstalledApp now = file.find(app.slug()).orElse(app);
        file.put(now.with(now.user().withPaused(isPaused)));
    }

    /** A start that was asked for. Fails as a start does when it is decided that it will not run. */
    boolean hasFailed(InstalledApp app) {
        return run.hasFailed(app);
    }

    private void launch(InstalledApp app) {
        for (int tries = 1; ; tries++) {
            try {
                run.launch(app);
                return;
            } catch (ApiFailure.Unavailable | UncheckedIOException away) {
                if (tries == TRIES || !isToldToWait()) {
                    throw away;
                }
                LOG.log(Level.WARNING, "App " + app.slug() + " cannot be started again yet: " + away.getMessage());
            }
        }
    }

    private boolean isToldToWait() {
        try {
            Thread.sleep(retry);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void execute(InstalledApp app, String command) {
        V1Pod pod = AppStates.current(board.pods(app.slug()))
                .orElseThrow(() -> new ApiFailure.BadRequest("App " + app.slug() + " does not run any more"));
        Cluster.Execution end =
                cluster.exec(pod.getMetadata().getName(), AppWorkload.CONTAINER, ShellWords.of(command), COMMAND);
        if (end.exitCode() == 0) {
            return;
        }
        LOG.fine(() -> "The backup command of " + app.slug() + " said: " + end.output() + end.errors());
        throw new ApiFailure.BadRequest(
                "The backup command of app " + app.slug() + " ended with code " + end.exitCode()
                        + ". Its author should know; with log level debug the log has what it said",
                "app_pre_post_backup_command_returned_error",
                Map.of(
                        "app", app.slug(),
                        "exit_code", end.exitCode(),
                        "debug_logging_command", "ha supervisor options --logging debug"));
    }
}
