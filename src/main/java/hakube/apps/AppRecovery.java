package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.Journal;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.ObjectNames;
import io.kubernetes.client.openapi.models.V1Deployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Brings cluster and files in line at a start of the Supervisor: what a crash cut off is finished or undone. */
@Singleton
public final class AppRecovery {

    private static final Logger LOG = Logger.getLogger(AppRecovery.class.getName());

    private static final String REPAIR = "app_repair";

    private final Cluster cluster;
    private final AppsFile file;
    private final Apps apps;
    private final AppRun run;
    private final AppUndo undo;
    private final AppPause pause;
    private final AppBoard board;
    private final AppWatch watch;
    private final AppTroubles troubles;
    private final Orphans orphans;

    @Inject
    AppRecovery(
            Cluster cluster,
            AppsFile file,
            Apps apps,
            AppRun run,
            AppUndo undo,
            AppPause pause,
            AppBoard board,
            AppWatch watch,
            AppTroubles troubles,
            Orphans orphans) {
        this.cluster = cluster;
        this.file = file;
        this.apps = apps;
        this.run = run;
        this.undo = undo;
        this.pause = pause;
        this.board = board;
        this.watch = watch;
        this.troubles = troubles;
        this.orphans = orphans;
    }

    /** Reads what is installed; to be called once storage is there. */
    public void load() {
        file.load();
    }

    /**
     * To be called once the watches are synced, before the API opens. One app's trouble is logged and stops no other.
     *
     * @param cutOff what the journal of jobs says was under way
     */
    public void reconcile(List<Journal.Entry> cutOff) {
        // First, since whoever waits for the end of a pod is woken by it.
        board.open();
        for (InstalledApp app : file.all()) {
            quietly(app.slug(), () -> mend(app));
        }
        Set<String> undone = new HashSet<>();
        cutOff.stream()
                .filter(entry -> isInstall(entry) && !file.knows(entry.reference()))
                .forEach(entry -> quietly(entry.reference(), () -> {
                    undoInstall(entry.reference());
                    undone.add(entry.reference());
                }));
        quietly("what belongs to no installed app", () -> orphans.settle(undone));
        watch.open();
        troubles.open();
    }

    /**
     * Makes objects of installed apps again that are gone, and starts and stops nothing for it. What an update or an uninstallation
     * has left in the middle is ended by job {@code app_repair}, which goes on after this returns, since that does both and takes its
     * time. One app's trouble, or work under way, is logged and stops no other.
     */
    public void repair() {
        file.all()
                .forEach(app -> quietly(app.slug(), () -> {
                    if (isInTheMiddle(app)) {
                        apps.later(app.slug(), REPAIR, this::end);
                    } else {
                        apps.with(app.slug(), REPAIR, this::mend);
                    }
                }));
    }

    private static boolean isInTheMiddle(InstalledApp app) {
        return app.user().leaving().isPresent() || app.user().updating().isPresent();
    }

    private void end(InstalledApp app) {
        mend(app);
        file.find(app.slug()).ifPresent(undo::resume);
    }

    private void mend(InstalledApp found) {
        if (found.user().leaving().isPresent()) {
            LOG.warning(() -> "Finishing the uninstallation of " + found.slug() + " that was cut off");
            apps.takeAway(found);
            apps.finishUninstall(found, found.user().leaving().get());
            return;
        }
        InstalledApp app = undo.mend(found);
        Optional<V1Deployment> deployment = board.deployment(app.slug());
        if (deployment.isEmpty()) {
            if (board.pods(app.slug()).isEmpty()) {
                LOG.warning(() -> "Making the objects of " + app.slug() + " again, its Deployment was gone");
                run.applyStopped(app);
            }
        } else if (cluster.watched(Kind.SERVICE)
                .find(ObjectNames.service(app.slug()))
                .isEmpty()) {
            LOG.warning(() -> "Making the Service of " + app.slug() + " again, it was gone");
            run.applyService(app, deployment.get());
        }
    }

    /**
     * Ends what users asked an earlier process for; to be called when the API is open, since a start takes its time. Work of
     * another room is nothing to it.
     */
    public void finish(Journal.Entry entry) {
        quietly(entry.reference(), () -> settle(entry));
    }

    private static boolean isInstall(Journal.Entry entry) {
        return entry.name().equals("app_manager_install");
    }

    private void undoInstall(String slug) {
        LOG.warning(() -> "Undoing the installation of " + slug + " that was cut off");
        apps.undoInstall(slug);
    }

    /**
     * Starts again what ran before an update that did not go through, and that {@link #reconcile} put back, and what was stopped for a
     * backup; to be called when the API is open. The list of apps tells, so that an update counts whose job had ended before the cluster
     * was back.
     */
    public void resumeUpdates() {
        file.all().forEach(app -> quietly(app.slug(), () -> resumeUpdate(app.slug())));
    }

    private void resumeUpdate(String slug) {
        if (file.find(slug).flatMap(app -> app.user().updating()).isPresent()) {
            apps.with(slug, "app_start", undo::resume);
        }
        if (file.find(slug).filter(app -> app.user().own().isPaused()).isPresent()) {
            LOG.warning(() -> "App " + slug + " was stopped for a backup that was cut off");
            apps.with(slug, "app_start", pause::resume);
        }
    }

    private void settle(Journal.Entry entry) {
        String slug = entry.reference();
        switch (entry.name()) {
            case "app_restart", "app_manager_rebuild" -> {
                LOG.warning(() -> "Finishing the restart of " + slug + " that was cut off");
                apps.start(slug);
            }
            case "app_stop" -> {
                LOG.warning(() -> "Finishing the stop of " + slug + " that was cut off");
                apps.stop(slug);
            }
            case "app_start" -> LOG.warning(() -> "The start of " + slug + " was cut off");
            default -> {
                // Other rooms' work, or one that a single file write ended.
            }
        }
    }

    /** Logs the trouble of one, so that it stops no other. */
    static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (ApiFailure | java.io.UncheckedIOException e) {
            LOG.log(Level.SEVERE, "Could not bring " + what + " in order: " + e.getMessage(), e);
        }
    }
}
