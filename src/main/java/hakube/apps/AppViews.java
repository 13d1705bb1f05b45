package hakube.apps;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.store.AppManifest;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What the API tells of installed apps, from memory and the watches. */
@Singleton
final class AppViews {

    private static final String NOT_INSTALLED = "App is not installed";

    /** What a version tells of each app besides; upstream gave it up in 2026.03 and left it in the first. */
    private static final Map<ApiVersion, Map<String, Boolean>> DEPRECATED =
            Map.of(ApiVersion.V1, Map.of("advanced", false), ApiVersion.V2, Map.of());

    private final Apps apps;
    private final AppListing listing;
    private final AppDetails details;

    @Inject
    AppViews(Apps apps, AppListing listing, AppDetails details) {
        this.apps = apps;
        this.listing = listing;
        this.details = details;
    }

    /**
     * The installed app that a path names.
     *
     * @throws ApiFailure.NotFound when nobody knows it
     * @throws ApiFailure.BadRequest when the store alone knows it
     */
    InstalledApp installed(String word, Caller caller) {
        String slug = AppSelf.slug(word, caller);
        Optional<InstalledApp> app = apps.find(slug);
        if (app.isEmpty() && listing.knows(slug)) {
            throw new ApiFailure.BadRequest(NOT_INSTALLED);
        }
        return app.orElseThrow(() -> new ApiFailure.NotFound("App " + slug + " does not exist"));
    }

    /**
     * All of one app.
     *
     * @param peer address of the caller
     * @throws ApiFailure.NotFound when it is not installed, whoever else knows it
     */
    Map<String, Object> info(String word, Caller caller, String peer, ApiVersion version) {
        String slug = AppSelf.slug(word, caller);
        InstalledApp app = apps.find(slug)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        listing.knows(slug) ? NOT_INSTALLED : "App " + slug + " does not exist"));
        Map<String, Object> info = details.of(app, caller, peer);
        info.putAll(DEPRECATED.get(version));
        return info;
    }

    List<Map<String, Object>> list(ApiVersion version) {
        return apps.all().stream().map(app -> item(app, version)).toList();
    }

    private Map<String, Object> item(InstalledApp app, ApiVersion version) {
        AppManifest manifest = app.manifest();
        Optional<StoreApp> offered = listing.offered(app);
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", manifest.name());
        item.put("slug", app.slug());
        item.put("description", manifest.description());
        item.put("stage", manifest.stage().name().toLowerCase(Locale.ROOT));
        item.put("version", app.user().version());
        item.put("version_latest", listing.latest(app));
        item.put("update_available", listing.hasUpdate(app));
        item.put("available", listing.isAvailable(app));
        item.put("detached", offered.isEmpty());
        item.put("homeassistant", manifest.homeassistant().orElse(null));
        item.put("state", apps.state(app.slug()).wire());
        item.put("repository", app.repository());
        item.put("build", manifest.run().image().isEmpty());
        item.put("url", manifest.url().orElse(null));
        item.put("icon", offered.flatMap(known -> known.documents().icon()).isPresent());
        item.put("logo", offered.flatMap(known -> known.documents().logo()).isPresent());
        item.put("system_managed", app.user().flags().systemManaged());
        item.putAll(DEPRECATED.get(version));
        return item;
    }
}
