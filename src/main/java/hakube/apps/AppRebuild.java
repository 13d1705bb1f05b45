package hakube.apps;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.jobs.JobCondition;
import hakube.jobs.Work;
import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/**
 * What a rebuild is where nobody builds images (upstream {@code supervisor/apps/manager.py}, {@code rebuild}, 2026-08): of an app that
 * has one, and only with {@code force}, a start that pulls it anew.
 */
@Singleton
final class AppRebuild {

    private final Apps apps;
    private final AppAvailability availability;
    private final AppUndo undo;
    private final AppRun run;
    private final Store store;

    @Inject
    AppRebuild(Apps apps, AppAvailability availability, AppUndo undo, AppRun run, Store store) {
        this.apps = apps;
        this.availability = availability;
        this.undo = undo;
        this.run = run;
        this.store = store;
    }

    /**
     * Does it, or says why not.
     *
     * @param text body of the request
     * @throws ApiFailure.UnsupportedHere {@code app_build}, unread, for an app without an image
     * @throws ApiFailure.BadRequest {@code app_not_in_store_error}, {@code app_rebuild_version_changed_error}, {@code
     *     app_rebuild_image_based_error}, {@code app_not_running_error}, in that order; another app has a port
     * @throws ApiFailure as {@link AppAvailability#require} when it does not fit this installation any more
     */
    void request(InstalledApp app, String text) {
        if (app.manifest().run().image().isEmpty()) {
            throw ApiFailure.UnsupportedHere.of("Building add-on images", "app_build");
        }
        Body body = Body.of(text);
        boolean force = body.lenientBool("force").orElse(false);
        body.check();
        String slug = app.slug();
        StoreApp offered = store.find(slug)
                .orElseThrow(() ->
                        refusal("App " + slug + " is not available inside store", "app_not_in_store_error", slug));
        if (!offered.manifest().version().equals(app.user().version())) {
            throw refusal(
                    "Cannot rebuild app " + slug + ", its version has changed; update it instead",
                    "app_rebuild_version_changed_error",
                    slug);
        } else if (!force) {
            throw refusal("Cannot rebuild app " + slug + ", it is image-based", "app_rebuild_image_based_error", slug);
        }
        run(slug);
    }

    /** Nothing but a start pulls: what does not run has nothing to gain. */
    void run(String slug) {
        apps.with(work(slug), this::startAnew);
    }

    private static Work work(String slug) {
        return Work.of("app_manager_rebuild", slug)
                .in(Apps.group(slug))
                .requiring(
                        "AppManager.rebuild",
                        JobCondition.FREE_SPACE,
                        JobCondition.INTERNET_HOST,
                        JobCondition.HEALTHY);
    }

    private void startAnew(InstalledApp app) {
        InstalledApp settled = undo.settled(app);
        if (!undo.isRunning(settled)) {
            throw AppProcess.notRunning(app.slug());
        }
        availability.require(settled);
        run.requireFreePorts(settled);
        run.stop(settled);
        run.startAnew(settled);
    }

    private static ApiFailure.BadRequest refusal(String message, String key, String slug) {
        return new ApiFailure.BadRequest(message, key, Map.of("app", slug));
    }
}
