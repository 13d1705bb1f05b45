package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.Journal;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.ports.PortEntry;
import hakube.ports.PortRegistry;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Deployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Brings cluster and files in line at a start of the Supervisor: what a crash cut off is finished or undone. */
@Singleton
public final class AppRecovery {

    private static final Logger LOG = Logger.getLogger(AppRecovery.class.getName());

    private final Cluster cluster;
    private final AppsFile file;
    private final Apps apps;
    private final AppRun run;
    private final AppBoard board;
    private final AppWatch watch;
    private final PortRegistry ports;

    @Inject
    AppRecovery(
            Cluster cluster, AppsFile file, Apps apps, AppRun run, AppBoard board, AppWatch watch, PortRegistry ports) {
        this.cluster = cluster;
        this.file = file;
        this.apps = apps;
        this.run = run;
        this.board = board;
        this.watch = watch;
        this.ports = ports;
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
        cutOff.stream().filter(AppRecovery::isInstall).forEach(entry -> quietly(entry.reference(), () -> undo(entry)));
        Set<String> known = new HashSet<>();
        file.slugs().forEach(slug -> known.add(ObjectNames.labelValue(slug)));
        sweep(Kind.JOB, known);
        sweep(Kind.SERVICE, known);
        sweep(Kind.SECRET, known);
        sweep(Kind.DEPLOYMENT, known);
        quietly("the ports of apps that are gone", this::releasePorts);
        watch.open();
    }

    private void releasePorts() {
        ports.entries().stream()
                .map(PortEntry::slug)
                .distinct()
                .filter(slug -> !file.knows(slug))
                .forEach(slug -> quietly(slug, () -> ports.release(slug)));
    }

    private void mend(InstalledApp app) {
        if (app.user().leaving().isPresent()) {
            LOG.warning(() -> "Finishing the uninstallation of " + app.slug() + " that was cut off");
            apps.takeAway(app);
            apps.finishUninstall(app, app.user().leaving().get());
            return;
        }
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

    private void undo(Journal.Entry install) {
        if (!file.knows(install.reference())) {
            LOG.warning(() -> "Undoing the installation of " + install.reference() + " that was cut off");
            apps.undoInstall(install.reference());
        }
    }

    private void settle(Journal.Entry entry) {
        String slug = entry.reference();
        switch (entry.name()) {
            case "app_restart" -> {
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

    /** Deletes what says that it belongs to an app that is not installed; never what is not marked as ours. */
    private <T extends KubernetesObject> void sweep(Kind<T> kind, Set<String> known) {
        for (T object : cluster.watched(kind).all()) {
            Map<String, String> labels = object.getMetadata().getLabels();
            if (labels != null
                    && "true".equals(labels.get(Labels.MANAGED))
                    && AppWorkload.TYPE.equals(labels.get(Labels.TYPE))
                    && !known.contains(labels.getOrDefault(Labels.SLUG, ""))) {
                String name = object.getMetadata().getName();
                LOG.warning(() -> "Deleting " + kind.kind() + " " + name + ": no installed app has it");
                quietly(name, () -> cluster.delete(kind, name));
            }
        }
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (ApiFailure | java.io.UncheckedIOException e) {
            LOG.log(Level.SEVERE, "Could not bring " + what + " in order: " + e.getMessage(), e);
        }
    }
}
