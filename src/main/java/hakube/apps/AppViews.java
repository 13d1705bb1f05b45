package hakube.apps;

import hakube.access.Caller;
import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the API tells of installed apps. */
@Singleton
final class AppViews {

    private final Apps apps;

    @Inject
    AppViews(Apps apps) {
        this.apps = apps;
    }

    /**
     * The installed app that a path names.
     *
     * @throws ApiFailure.NotFound when nobody knows it
     */
    InstalledApp installed(String word, Caller caller) {
        String slug = AppSelf.slug(word, caller);
        return apps.find(slug).orElseThrow(() -> new ApiFailure.NotFound("App " + slug + " does not exist"));
    }

    List<Map<String, Object>> list() {
        return apps.all().stream().map(this::item).toList();
    }

    private Map<String, Object> item(InstalledApp app) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("name", app.manifest().name());
        item.put("slug", app.slug());
        item.put("description", app.manifest().description());
        item.put("advanced", false);
        item.put("stage", app.manifest().stage().name().toLowerCase(Locale.ROOT));
        item.put("version", app.user().version());
        item.put("state", apps.state(app.slug()).wire());
        item.put("repository", app.repository());
        item.put("homeassistant", app.manifest().homeassistant().orElse(null));
        item.put("url", app.manifest().url().orElse(null));
        item.put("system_managed", app.user().flags().systemManaged());
        return item;
    }
}
