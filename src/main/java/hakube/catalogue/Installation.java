package hakube.catalogue;

import hakube.api.Envelope;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** Installs while the caller waits, or behind its back. */
@Singleton
final class Installation {

    private final Catalogue catalogue;

    @Inject
    Installation(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** In the background what is known beforehand fails at once; the rest is an error of the job. */
    Envelope run(StoreApp app, boolean background) {
        if (background) {
            return Envelope.ok(Map.of("job_id", catalogue.installInBackground(app)));
        }
        catalogue.install(app);
        return Envelope.ok();
    }
}
