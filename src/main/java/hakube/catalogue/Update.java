package hakube.catalogue;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** Updates an installed app while the caller waits, or behind its back (upstream {@code supervisor/api/store.py}, 2026-08). */
@Singleton
final class Update {

    private final Catalogue catalogue;

    @Inject
    Update(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * In the background what is known beforehand fails at once; the rest is an error of the job.
     *
     * @param caller no app may update itself: it would end in the middle
     * @param text body of the request
     * @throws ApiFailure also for an app that is not installed, and for one that asks for itself, before the body is looked at
     */
    Envelope run(String slug, Caller caller, String text) {
        catalogue.requireInstalled(slug);
        if (caller instanceof Caller.App app && app.slug().equals(slug)) {
            throw new ApiFailure.Forbidden("App " + slug + " can't update itself!");
        }
        Body body = Body.of(text);
        boolean backup = body.bool("backup").orElse(false);
        boolean background = body.bool("background").orElse(false);
        body.check();
        if (background) {
            return Envelope.ok(Map.of("job_id", catalogue.updateInBackground(slug, backup)));
        }
        catalogue.update(slug, backup);
        return Envelope.ok();
    }
}
