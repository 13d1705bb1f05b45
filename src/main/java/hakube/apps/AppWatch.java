package hakube.apps;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.jobs.Jobs;
import hakube.jobs.Work;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.kubernetes.Watched;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends what the kubelet would restart for ever: a Deployment's pods always restart, an app's process does not. Ended with 0:
 * scaled to 0, stopped. Ended otherwise: scaled to 0 with the code kept, error; with the watchdog on only after five restarts.
 */
@Singleton
final class AppWatch {

    private static final Logger LOG = Logger.getLogger(AppWatch.class.getName());
    private static final int RESTARTS = 5;
    private static final String ENDED = "app_process_ended";
    /** Reasons of an end that the node's restart caused, not the process; the kubelet starts it again, and it shall. */
    private static final Set<String> LOST = Set.of("Unknown", "ContainerStatusUnknown");

    private final Cluster cluster;
    private final AppsFile apps;
    private final AppObjects objects;
    private final AppBoard board;
    private final RelayAdmission relays;
    private final Jobs jobs;
    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicInteger looks = new AtomicInteger();

    @Inject
    AppWatch(
            Cluster cluster,
            AppsFile apps,
            AppObjects objects,
            AppBoard board,
            RelayAdmission relays,
            Jobs jobs,
            Events events) {
        this.cluster = cluster;
        this.apps = apps;
        this.objects = objects;
        this.board = board;
        this.relays = relays;
        this.jobs = jobs;
        events.listen(event -> {
            if (event instanceof SupervisorEvent.AppStateChanged changed) {
                lookLater(changed.slug());
            }
        });
        // An operation keeps this from acting; its own failure is not tried again before something changes.
        jobs.onFree(work -> {
            if (!work.name().equals(ENDED)) {
                work.group().flatMap(Apps::slugOf).ifPresent(this::lookLater);
            }
        });
    }

    void open() {
        cluster.watched(Kind.POD).onChange(this::seen);
        apps.all().forEach(app -> lookLater(app.slug()));
    }

    private void lookLater(String slug) {
        if (waiting.add(slug)) {
            looks.incrementAndGet();
            Thread.startVirtualThread(() -> {
                waiting.remove(slug);
                try {
                    look(slug);
                } finally {
                    looks.decrementAndGet();
                }
            });
        }
    }

    /** Whether it looks at no app now and will not before something changes. */
    boolean isIdle() {
        return looks.get() == 0;
    }

    private void seen(Watched.Change<V1Pod> change) {
        Map<String, String> labels = change.object().getMetadata().getLabels();
        if (labels == null || !AppWorkload.TYPE.equals(labels.get(Labels.TYPE))) {
            return;
        }
        String label = labels.get(Labels.SLUG);
        apps.all().stream()
                .map(InstalledApp::slug)
                .filter(slug -> ObjectNames.labelValue(slug).equals(label))
                .forEach(this::lookLater);
    }

    void look(String slug) {
        try {
            apps.find(slug).ifPresent(app -> {
                doubtRelay(slug);
                if (decided(app).isPresent() && !jobs.isRunning(Apps.group(slug))) {
                    jobs.run(Work.of(ENDED, slug).in(Apps.group(slug)).internal(), () -> end(app));
                }
            });
        } catch (ApiFailure e) {
            LOG.log(Level.WARNING, "Could not end app " + slug + " after its process: " + e.getMessage(), e);
        }
    }

    /** A pod that comes in the place of one that ran is refused with nobody waiting for it: the namespace is asked what it takes. */
    private void doubtRelay(String slug) {
        if (board.seen(slug).isRefused()
                && board.deployment(slug).filter(AppRelay::isIn).isPresent()
                && !relays.isStillAllowed()) {
            LOG.warning(() -> "App " + slug + " runs again, without the ingress relay, when it is started: "
                    + board.seen(slug).reason());
        }
    }

    private void end(InstalledApp app) {
        OptionalInt code = decided(app);
        if (code.isEmpty()) {
            return;
        }
        if (code.getAsInt() == 0) {
            LOG.info(() -> "App " + app.slug() + " has ended");
        } else {
            LOG.warning(() -> "App " + app.slug() + " has ended with code " + code.getAsInt());
            objects.keepExitCode(app.slug(), code.getAsInt());
        }
        if (!app.runsOnce()) {
            objects.scaleDown(app.slug());
        }
        board.refresh(app.slug());
    }

    /** The exit code with which the app's run is over, empty while it goes on or is stopped by us. */
    private OptionalInt decided(InstalledApp app) {
        boolean wanted = app.runsOnce()
                || board.deployment(app.slug())
                        .filter(deployment -> AppStates.replicas(deployment) > 0)
                        .isPresent();
        if (!wanted) {
            return OptionalInt.empty();
        }
        OptionalInt code = AppStates.current(board.pods(app.slug()))
                .filter(pod -> !AppStates.isLeftOver(pod))
                .flatMap(AppStates::container)
                .map(status -> app.runsOnce()
                        ? code(status.getState())
                        : code(status, app.user().flags().watchdog()))
                .orElse(OptionalInt.empty());
        boolean told = app.runsOnce()
                && code.isPresent()
                && board.deployment(app.slug()).map(AppStates::exitCode).orElse(0) == code.getAsInt();
        return told ? OptionalInt.empty() : code;
    }

    private static OptionalInt code(V1ContainerStatus status, boolean watchdog) {
        V1ContainerState ended = code(status.getState()).isPresent() ? status.getState() : status.getLastState();
        OptionalInt code = code(ended);
        if (code.isEmpty() || LOST.contains(String.valueOf(ended.getTerminated().getReason()))) {
            return OptionalInt.empty();
        }
        boolean isUp = status.getState() != null && status.getState().getRunning() != null;
        int restarts = status.getRestartCount() == null ? 0 : status.getRestartCount();
        boolean mayGoOn = watchdog && code.getAsInt() != 0 && (isUp || restarts < RESTARTS);
        return mayGoOn ? OptionalInt.empty() : code;
    }

    private static OptionalInt code(V1ContainerState state) {
        return state == null || state.getTerminated() == null
                ? OptionalInt.empty()
                : OptionalInt.of(state.getTerminated().getExitCode());
    }
}
