package hakube.supervisor;

import hakube.api.ApiFailure;
import hakube.apps.AppRecovery;
import hakube.core.Core;
import hakube.gateway.PublicGateway;
import hakube.ports.InternalL4;
import hakube.storage.SharedClaim;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Makes again what is gone from the cluster of all that the Supervisor has made: where upstream mends images and containers
 * ({@code supervisor/core.py}, {@code repair}, 2026-08), these are objects. What runs goes on, and nothing is started; only an update
 * or an uninstallation of an app that was cut off is ended, by a job of its own after the answer.
 */
@Singleton
final class Repair {

    private static final Logger LOG = Logger.getLogger(Repair.class.getName());

    private final SharedClaim claim;
    private final Core core;
    private final AppRecovery apps;
    private final InternalL4 internalL4;
    private final PublicGateway publicGateway;

    @Inject
    Repair(SharedClaim claim, Core core, AppRecovery apps, InternalL4 internalL4, PublicGateway publicGateway) {
        this.claim = claim;
        this.core = core;
        this.apps = apps;
        this.internalL4 = internalL4;
        this.publicGateway = publicGateway;
    }

    /** @throws ApiFailure the shared claim cannot be used, without which nothing else could */
    void run() {
        LOG.info("Repairing what the Supervisor has made");
        claim.require();
        quietly("Home Assistant", core::repair);
        apps.repair();
        quietly("the internal address", internalL4::reconcile);
        publicGateway.reconcile();
        LOG.info("The repair is finished");
    }

    private static void quietly(String what, Runnable work) {
        try {
            work.run();
        } catch (ApiFailure | UncheckedIOException failure) {
            LOG.warning(() -> "Could not repair " + what + ": " + failure.getMessage());
            LOG.log(Level.FINE, "The repair failed", failure);
        }
    }
}
