package hakube.apps;

import hakube.api.ApiFailure;
import hakube.store.AppManifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Starts what shall run after a boot, phase by phase (upstream {@code supervisor/addons/manager.py}, {@code boot}, 2026-08). */
@Singleton
public final class AppBoot {

    private static final Logger LOG = Logger.getLogger(AppBoot.class.getName());

    private final Apps apps;
    private final AppBoard board;
    private final AppIssues issues;

    @Inject
    AppBoot(Apps apps, AppBoard board, AppIssues issues) {
        this.apps = apps;
        this.board = board;
        this.issues = issues;
    }

    /** Whether any app is wanted to run, one in the middle of an update or a backup included: then this start of the Supervisor is no boot. */
    public boolean isAnyWanted() {
        return apps.all().stream().anyMatch(this::isWanted);
    }

    private boolean isWanted(InstalledApp app) {
        return app.user().updating().filter(AppUpdating::wasRunning).isPresent()
                || app.user().own().isPaused()
                || board.deployment(app.slug())
                        .filter(deployment -> AppStates.replicas(deployment) > 0)
                        .isPresent();
    }

    /**
     * Starts the apps of a phase whose boot is {@code auto}, in the order of installation, and waits for all of them. One
     * that does not start becomes issue {@code boot_fail} and stops no other.
     *
     * @param least how long a phase with apps takes at least
     * @throws InterruptedException the Supervisor ends
     */
    public void start(AppManifest.Startup phase, Duration least) throws InterruptedException {
        List<InstalledApp> due = apps.all().stream()
                .filter(app -> app.manifest().run().startup() == phase)
                .filter(app -> app.boot().equals("auto"))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        LOG.info(() -> "Phase " + phase.name().toLowerCase(Locale.ROOT) + " starts "
                + String.join(", ", due.stream().map(InstalledApp::slug).toList()));
        List<Thread> starts = new ArrayList<>();
        starts.add(Thread.startVirtualThread(() -> pause(least)));
        for (InstalledApp app : due) {
            starts.add(Thread.ofVirtual().name("boot-" + app.slug()).start(() -> startOne(app.slug())));
        }
        for (Thread start : starts) {
            start.join();
        }
    }

    private void startOne(String slug) {
        try {
            apps.start(slug);
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.log(Level.FINE, "The boot of " + slug + " failed", failure);
            issues.bootFailed(slug, failure.getMessage());
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
