package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.api.Envelope;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Installs while the caller waits, or behind its back. */
@Singleton
final class Installation {

    private static final Logger LOG = Logger.getLogger(Installation.class.getName());

    private final Catalogue catalogue;

    @Inject
    Installation(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** In the background what is known beforehand fails at once; the rest goes to the log. */
    Envelope run(StoreApp app, boolean background) {
        if (!background) {
            catalogue.install(app);
            return Envelope.ok();
        }
        catalogue.requireAvailable(app);
        String job = UUID.randomUUID().toString().replace("-", "");
        Thread.startVirtualThread(() -> {
            try {
                catalogue.install(app);
            } catch (ApiFailure e) {
                LOG.log(Level.SEVERE, "Could not install " + app.slug() + ": " + e.getMessage(), e);
            }
        });
        return Envelope.ok(Map.of("job_id", job));
    }
}
