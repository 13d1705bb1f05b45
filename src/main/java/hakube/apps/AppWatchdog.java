package hakube.apps;

import hakube.api.ApiFailure;
import hakube.jobs.Every;
import hakube.jobs.Jobs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Restarts an app that runs but does not answer at its manifest's {@code watchdog} address (upstream {@code supervisor/misc/tasks.py},
 * {@code _watchdog_app_application}, 2026-08): asked every two minutes, when it was silent twice in a row. Other than upstream one
 * app's silence does not keep the others from being asked, and after five restarts in a row it is left alone until it answers. That
 * of a process that ended is {@link AppWatch}.
 */
@Singleton
public final class AppWatchdog {

    /** Restarts in a row; more would not help. */
    static final int MOST_RESTARTS = 5;

    private static final Logger LOG = Logger.getLogger(AppWatchdog.class.getName());
    private static final Duration PERIOD = Duration.ofMinutes(2);
    private static final int MOST_MISSES = 2;

    private final Apps apps;
    private final AppBoard board;
    private final AppProbe probe;
    private final Jobs jobs;
    private final Map<String, Silence> silent = new ConcurrentHashMap<>();
    private final Set<String> looking = ConcurrentHashMap.newKeySet();
    private final Every watching = new Every("app-watchdog", PERIOD, this::look);

    @Inject
    AppWatchdog(Apps apps, AppBoard board, AppProbe probe, Jobs jobs) {
        this.apps = apps;
        this.board = board;
        this.probe = probe;
        this.jobs = jobs;
    }

    /** @param misses in a row @param restarts since it answered last */
    private record Silence(int misses, int restarts) {
        static final Silence NONE = new Silence(0, 0);
    }

    /** Begins to look every two minutes. */
    public void begin() {
        watching.begin();
    }

    public void end() {
        watching.end();
    }

    /**
     * One look at each app, each by itself: one that takes its time holds up no other, and is not looked at twice.
     *
     * @return what looks
     */
    List<Thread> look() {
        silent.keySet().retainAll(apps.slugs());
        return apps.all().stream()
                .filter(app -> app.user().flags().watchdog() && looking.add(app.slug()))
                .map(app -> Thread.ofVirtual().name("watchdog-" + app.slug()).start(() -> lookSafely(app)))
                .toList();
    }

    private void lookSafely(InstalledApp app) {
        try {
            look(app);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, fault, () -> "A look at app " + app.slug() + " met a fault");
        } finally {
            looking.remove(app.slug());
        }
    }

    private void look(InstalledApp app) throws InterruptedException {
        String slug = app.slug();
        Optional<WatchdogAddress> address = WatchdogAddress.of(app);
        Optional<String> host = AppStates.current(board.pods(slug)).flatMap(PodAddress::of);
        Silence before = silent.getOrDefault(slug, Silence.NONE);
        if (address.isEmpty() || host.isEmpty() || !isDue(app)) {
            silent.put(slug, new Silence(0, before.restarts()));
        } else if (probe.answers(host.get(), address.get())) {
            silent.remove(slug);
        } else if (before.restarts() < MOST_RESTARTS && isDue(app)) {
            miss(slug, before);
        }
    }

    /** Whoever works on the app waits for it. */
    private boolean isDue(InstalledApp app) {
        return !app.runsOnce()
                && board.seen(app.slug()).state() == AppState.STARTED
                && !jobs.isRunning(Apps.group(app.slug()));
    }

    private void miss(String slug, Silence before) {
        if (before.misses() + 1 < MOST_MISSES) {
            LOG.warning(() -> "App " + slug + " does not answer its watchdog");
            silent.put(slug, new Silence(before.misses() + 1, before.restarts()));
            return;
        }
        int restarts = before.restarts() + 1;
        silent.put(slug, new Silence(0, restarts));
        LOG.severe(() -> "App " + slug + " does not answer its watchdog for the second time: restart " + restarts
                + " of " + MOST_RESTARTS + (restarts == MOST_RESTARTS ? ", then it is left alone" : ""));
        try {
            apps.restart(slug);
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.severe(() -> "App " + slug + " could not be restarted: " + failure.getMessage());
        }
    }
}
