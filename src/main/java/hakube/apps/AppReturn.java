package hakube.apps;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.jobs.Jobs;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Brings an app back to one of its last revisions, as safely as an update brings it forward. Extension: upstream restores a backup, and
 * with it data.
 */
@Singleton
final class AppReturn {

    private static final Logger LOG = Logger.getLogger(AppReturn.class.getName());

    private final AppsFile file;
    private final AppExchange exchange;
    private final AppBoard board;
    private final Jobs jobs;

    @Inject
    AppReturn(AppsFile file, AppExchange exchange, AppBoard board, Jobs jobs) {
        this.file = file;
        this.exchange = exchange;
        this.board = board;
        this.jobs = jobs;
    }

    /** What an app can return to, newest first; no call. */
    static Map<String, Object> list(InstalledApp app) {
        return Map.of(
                "revisions",
                app.user().own().history().kept().stream().map(AppReturn::item).toList());
    }

    private static Map<String, Object> item(AppHistory.Kept kept) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("revision", kept.number());
        item.put("version", kept.revision().version());
        item.put("image", kept.revision().image().orElse(null));
        item.put("digest", kept.digest().orElse(null));
        return item;
    }

    /**
     * Returns, while the caller waits or behind its back.
     *
     * @param caller no app may change its own version: it would end in the middle
     * @param number of the revision, as the path has it
     * @param text body of the request
     * @return id of the job in the background
     * @throws ApiFailure.NotFound there is no such revision
     * @throws ApiFailure.BadRequest before the first write when the user's options do not fit that revision, or another app has a
     *     port; afterwards when it did not start: the message says why, and what runs now
     * @throws ApiFailure as {@link AppExchange} does
     */
    Optional<String> request(InstalledApp app, Caller caller, String number, String text) {
        String slug = app.slug();
        if (caller instanceof Caller.App other && other.slug().equals(slug)) {
            throw new ApiFailure.Forbidden("App " + slug + " can't change its own version!");
        }
        Body body = Body.of(text);
        boolean background = body.bool("background").orElse(false);
        body.check();
        var work = Apps.imageWork("return", slug);
        if (background) {
            return Optional.of(jobs.background(work, () -> plan(slug, number), this::run));
        }
        jobs.run(work, () -> run(plan(slug, number)));
        return Optional.empty();
    }

    private record Plan(AppHistory.Kept kept, AppExchange.Plan exchange) {}

    private Plan plan(String slug, String number) {
        InstalledApp app = file.find(slug).orElseThrow(() -> new ApiFailure.BadRequest("App is not installed"));
        AppHistory history = app.user().own().history();
        AppHistory.Kept kept = history.find(number).orElseThrow(() -> unknown(slug, number, history));
        return new Plan(kept, exchange.plan("return", app, kept.revision()));
    }

    private static ApiFailure.NotFound unknown(String slug, String number, AppHistory history) {
        String there = history.kept().stream()
                .map(kept -> kept.number() + " (version " + kept.revision().version() + ")")
                .collect(Collectors.joining(", "));
        return new ApiFailure.NotFound("App " + slug + " has no revision " + number + " to return to; there "
                + (there.isEmpty() ? "is none" : "are " + there));
    }

    private void run(Plan plan) {
        exchange.run(plan.exchange);
        String slug = plan.exchange.after().slug();
        Optional<String> now = ImageDigest.of(board.pods(slug));
        if (now.isPresent() && plan.kept.digest().isPresent() && !now.equals(plan.kept.digest())) {
            LOG.warning(() -> "App " + slug + " runs in version "
                    + plan.kept.revision().version() + " again, but its tag names another image by now: "
                    + now.get() + " instead of " + plan.kept.digest().get());
        }
    }
}
