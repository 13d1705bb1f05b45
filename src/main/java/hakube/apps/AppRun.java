package hakube.apps;

import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.jobs.Job;
import hakube.kubernetes.ObjectNames;
import hakube.kubernetes.PodProgress;
import hakube.ports.ExternalPort;
import hakube.ports.PortRegistry;
import io.kubernetes.client.openapi.models.V1Deployment;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;

/** Starts and stops one app. Whoever calls holds the app's job. */
@Singleton
final class AppRun {

    private static final Logger LOG = Logger.getLogger(AppRun.class.getName());
    private static final Duration START_DEADLINE = Duration.ofSeconds(120);
    /** A gigabyte of image at 10 Mbit/s is there by then. */
    private static final Duration TRIAL_DEADLINE = Duration.ofMinutes(15);

    private static final Duration STOP_MARGIN = Duration.ofSeconds(30);
    private static final Duration REFUSAL_LASTS = Duration.ofSeconds(10);

    private final Settings settings;
    private final Sites sites;
    private final RelayAdmission relays;
    private final AppAvailability availability;
    private final AppObjects objects;
    private final AppBoard board;
    private final AppFolders folders;
    private final AppOptions options;
    private final IngressPorts ingressPorts;
    private final PortRegistry ports;
    private final Duration trial;

    @Inject
    AppRun(
            Settings settings,
            Sites sites,
            RelayAdmission relays,
            AppAvailability availability,
            AppObjects objects,
            AppBoard board,
            AppFolders folders,
            AppOptions options,
            IngressPorts ingressPorts,
            PortRegistry ports) {
        this(
                settings,
                sites,
                relays,
                availability,
                objects,
                board,
                folders,
                options,
                ingressPorts,
                ports,
                TRIAL_DEADLINE);
    }

    /** @param trial how long a new version may take to start */
    AppRun(
            Settings settings,
            Sites sites,
            RelayAdmission relays,
            AppAvailability availability,
            AppObjects objects,
            AppBoard board,
            AppFolders folders,
            AppOptions options,
            IngressPorts ingressPorts,
            PortRegistry ports,
            Duration trial) {
        this.settings = settings;
        this.sites = sites;
        this.relays = relays;
        this.availability = availability;
        this.objects = objects;
        this.board = board;
        this.folders = folders;
        this.options = options;
        this.ingressPorts = ingressPorts;
        this.ports = ports;
        this.trial = trial;
    }

    /**
     * Ends when the app is started, after 120 s without a decision, or at once when it is decided that it will not run.
     *
     * @throws ApiFailure before the first write for whatever {@link AppAvailability#require} has against it, options that do not
     *     fit, a port that another app has; {@code app_unknown_error} when the app did not come up, with the reason in message and log
     */
    void start(InstalledApp app) {
        if (!board.seen(app.slug()).isUp()) {
            availability.require(app);
        }
        startAgain(app);
    }

    /**
     * As {@link #start} of an app that ran until the Supervisor itself stopped it. It comes back under a Core that is too old for it, as
     * it would have gone on: only the cluster is asked.
     */
    void startAgain(InstalledApp app) {
        if (board.seen(app.slug()).isUp()) {
            LOG.warning(() -> "App " + app.slug() + " is already running");
            return;
        }
        Optional<AppStates.Seen> end = bringUp(app, START_DEADLINE, Pull.ONCE);
        if (end.isEmpty()) {
            LOG.warning(() -> "App " + app.slug() + " is not started after " + START_DEADLINE.toSeconds()
                    + " s; it may still come up");
        }
        requireNoError(app, end);
    }

    /** As {@link #startAgain} for one that is stopped, whose image a node asks for anew even if it has it. */
    void startAnew(InstalledApp app) {
        requireNoError(app, bringUp(app, START_DEADLINE, Pull.ANEW));
    }

    /**
     * Starts a version that another one has made room for: ends when it is started and not before, since it is given up else.
     *
     * @throws ApiFailure as {@link #start}, and {@link ApiFailure.BadRequest} when it is not started after 15 minutes, which is what
     *     a large image may take
     */
    void startOnTrial(InstalledApp app) {
        requireStarted(app, bringUp(app, trial, Pull.ONCE));
    }

    /** As {@link #startOnTrial} for a start that has begun already. */
    void awaitTrial(InstalledApp app) {
        requireStarted(app, awaitStarted(app, trial));
    }

    private void requireStarted(InstalledApp app, Optional<AppStates.Seen> end) {
        if (end.isEmpty() && Thread.currentThread().isInterrupted()) {
            throw new ApiFailure.BadRequest("App " + app.slug() + " is not started yet, and the Supervisor ends");
        } else if (end.isEmpty()) {
            throw new ApiFailure.BadRequest("App " + app.slug() + " is not started after " + trial.toSeconds() + " s");
        }
        requireNoError(app, end);
    }

    /** Asks for a start as {@link #start} does, without waiting for it. */
    void launch(InstalledApp app) {
        launch(app, Pull.ONCE);
    }

    private void launch(InstalledApp app, Pull pull) {
        Suitability.Supported supported = availability.requireSupported(app);
        Map<String, Object> effective = options.effective(app);
        claimPorts(app);
        bringDown(app);
        folders.ensure(AppMounts.of(app.slug(), app.manifest(), settings.apps().homeassistantAlways()));
        folders.writeOptions(app.slug(), effective);
        run(app, effective, supported, pull);
    }

    /** Waits for what {@link #launch} has asked for, as long as {@link #start} does. @return whether it is decided that it will not run */
    boolean hasFailed(InstalledApp launched) {
        return awaitStarted(launched, START_DEADLINE).map(AppStates.Seen::state).equals(Optional.of(AppState.ERROR));
    }

    /** @return what it came to, empty when nothing was decided by then */
    private Optional<AppStates.Seen> bringUp(InstalledApp app, Duration deadline, Pull pull) {
        launch(app, pull);
        Optional<AppStates.Seen> end = awaitStarted(app, deadline);
        if (!isRefusedForItsRelay(app, end)) {
            return end;
        }
        LOG.warning(() -> "App " + app.slug() + " is started without the ingress relay, since "
                + end.orElseThrow().reason());
        bringDown(app);
        claimPorts(app);
        run(app, options.effective(app), availability.requireSupported(app), pull);
        return awaitStarted(app, deadline);
    }

    /** The internal address leads to the app itself: what comes through the relay would have the address that it trusts. */
    private void claimPorts(InstalledApp app) {
        Map<ExternalPort, Integer> published = app.published();
        Map<ExternalPort, Integer> ofService = RelayedPort.of(app.manifest())
                .filter(_ -> relays.relay(app).isPresent())
                .map(relayed -> relayed.around(published))
                .orElse(published);
        ports.claim(app.slug(), ObjectNames.service(app.slug()), ofService);
    }

    private void run(InstalledApp app, Map<String, Object> effective, Suitability.Supported supported, Pull pull) {
        AppWorkload workload =
                workload(app, Tokens.fresh(), LegacyOptions.of(app, effective)).pulling(pull);
        V1Deployment deployment = objects.applyForStart(workload, supported.ignored());
        if (app.runsOnce()) {
            objects.runJob(workload, deployment);
        } else {
            objects.scaleUp(app.slug());
        }
        board.refresh(app.slug());
    }

    /** What a namespace takes may have changed since it was asked. */
    private boolean isRefusedForItsRelay(InstalledApp app, Optional<AppStates.Seen> end) {
        return end.filter(AppStates.Seen::isRefused).isPresent()
                && board.deployment(app.slug()).filter(AppRelay::isIn).isPresent()
                && !relays.isStillAllowed();
    }

    /** Ends when the pod is gone. */
    void stop(InstalledApp app) {
        bringDown(app);
        objects.forgetExitCode(app.slug());
        board.refresh(app.slug());
    }

    /**
     * Says beforehand what a start would: to be asked before something is stopped that is to be started again.
     *
     * @throws ApiFailure.BadRequest two ports of its own are one outside, or another app has one
     */
    void requireFreePorts(InstalledApp app) {
        ports.requireFree(app.slug(), app.published().keySet());
    }

    /** The objects of a stopped app: what an installation makes. */
    void applyStopped(InstalledApp app) {
        objects.applyStopped(
                workload(app, "", Map.of()), availability.requireSupported(app).ignored());
    }

    /** The Service of an app that may run. */
    void applyService(InstalledApp app, V1Deployment owner) {
        objects.applyService(workload(app, "", Map.of()), owner);
    }

    /** Upstream's key, but its message is that the log knows more; here it is what the cluster says. */
    private static ApiFailure failed(String slug, String message) {
        return new ApiFailure.Internal(message, "app_unknown_error", Map.of("app", slug), null);
    }

    private AppWorkload workload(InstalledApp app, String token, Map<String, String> legacy) {
        return new AppWorkload(app, sites.now(), token, ingressPorts.claim(app), relays.relay(app), legacy);
    }

    private void bringDown(InstalledApp app) {
        objects.scaleDown(app.slug());
        board.pods(app.slug()).stream().filter(AppStates::isLeftOver).forEach(objects::deletePod);
        Duration deadline = app.manifest().run().timeout().plus(STOP_MARGIN);
        Optional<Boolean> gone =
                board.await(deadline, () -> board.pods(app.slug()).isEmpty() ? Optional.of(true) : Optional.empty());
        if (gone.isEmpty()) {
            String message = "The pod of app " + app.slug() + " did not end within " + deadline.toSeconds() + " s";
            LOG.severe(message);
            throw failed(app.slug(), message);
        }
        awaitForgotten(app.slug());
    }

    /** What was said of a former pod would be taken for the next one's fault. */
    private void awaitForgotten(String slug) {
        board.await(
                REFUSAL_LASTS,
                () -> board.deployment(slug).flatMap(AppStates::refusal).isEmpty()
                        ? Optional.of(true)
                        : Optional.empty());
    }

    private Optional<AppStates.Seen> awaitStarted(InstalledApp app, Duration deadline) {
        return board.await(deadline, () -> {
            AppStates.current(board.pods(app.slug()))
                    .ifPresent(pod -> Job.progressed(PodProgress.of(pod, AppWorkload.CONTAINER)));
            AppStates.Seen seen = board.seen(app.slug());
            boolean ended = seen.state() == AppState.STOPPED && !seen.reason().isEmpty();
            return seen.state() == AppState.STARTED || seen.state() == AppState.ERROR || ended
                    ? Optional.of(seen)
                    : Optional.empty();
        });
    }

    private static void requireNoError(InstalledApp app, Optional<AppStates.Seen> end) {
        end.filter(seen -> seen.state() == AppState.ERROR).ifPresent(seen -> {
            String message = "App " + app.slug() + " did not start: " + seen.reason();
            LOG.severe(message);
            throw failed(app.slug(), message);
        });
    }
}
