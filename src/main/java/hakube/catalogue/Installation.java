package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.api.Body;
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

    /**
     * In the background what is known beforehand fails at once; the rest is an error of the job.
     *
     * @param text body of the request
     * @throws ApiFailure also for an app that is not offered, which is asked for before the body
     */
    Envelope run(String slug, String text) {
        StoreApp app = catalogue.offered(slug);
        Body body = Body.of(text);
        boolean background = body.bool("background").orElse(false);
        body.check();
        if (background) {
            return Envelope.ok(Map.of("job_id", catalogue.installInBackground(app)));
        }
        catalogue.install(app);
        return Envelope.ok();
    }
}
