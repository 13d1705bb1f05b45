package hakube.supervisor;

import hakube.api.ApiFailure;
import hakube.apps.AppBoot;
import hakube.core.Core;
import hakube.services.Services;
import hakube.state.State;
import hakube.store.AppManifest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The phases of a boot: initialize, system, services, Core, application (upstream {@code supervisor/core.py}, {@code start},
 * 2026-08). A cluster has no boot; it counts as one when neither Core nor any app is wanted to run, an installation's first
 * start included, and a start after one that did not come to its end.
 */
@Singleton
final class Boot {

    private static final Logger LOG = Logger.getLogger(Boot.class.getName());

    private final State state;
    private final Core core;
    private final AppBoot apps;
    private final Services services;

    @Inject
    Boot(State state, Core core, AppBoot apps, Services services) {
        this.state = state;
        this.core = core;
        this.apps = apps;
        this.services = services;
    }

    /** Whether this start of the Supervisor is a boot, or goes on with one; to be asked before the API opens. */
    boolean isDue() {
        return state.options().booting() || (!core.isRunning() && !apps.isAnyWanted());
    }

    /**
     * Forgets the services of the time before and runs all phases; what fails is told and stops no other, what runs already
     * is left alone.
     *
     * @throws InterruptedException the Supervisor ends; its next start goes on with this boot
     */
    void run() throws InterruptedException {
        if (!state.options().booting()) {
            // Upstream does this after its first phase, and so forgets what that phase told. A boot that goes on must
            // not do
            // it again: who runs already will not tell a second time.
            services.reset();
            state.change(options -> options.withBooting(true));
        }
        Duration least = Duration.ofSeconds(state.options().waitBoot());
        apps.start(AppManifest.Startup.INITIALIZE, least);
        apps.start(AppManifest.Startup.SYSTEM, least);
        apps.start(AppManifest.Startup.SERVICES, least);
        startCore();
        apps.start(AppManifest.Startup.APPLICATION, least);
        state.change(options -> options.withBooting(false));
    }

    private void startCore() {
        if (!core.isInstalled()) {
            try {
                core.install();
            } catch (ApiFailure | UncheckedIOException failure) {
                installLater(failure);
                return;
            }
        }
        if (core.options().boot()) {
            startInstalled();
        } else {
            LOG.info("Home Assistant is not to be started at boot");
        }
    }

    /** The API opens meanwhile: a person may give what is missing. */
    private void installLater(RuntimeException failure) {
        LOG.severe(() -> "Home Assistant could not be installed, this is tried again: " + failure.getMessage());
        Thread.ofVirtual().name("install-core").start(() -> {
            try {
                Patience.until("Installing Home Assistant", () -> {
                    if (!core.isInstalled()) {
                        core.install();
                    }
                });
                startInstalled();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void startInstalled() {
        try {
            core.start();
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.severe(() -> "Home Assistant did not start: " + failure.getMessage());
            LOG.log(Level.FINE, "The start of Home Assistant failed", failure);
        }
    }
}
