package hakube.apps;

import hakube.api.ApiFailure;
import hakube.api.JsonText;
import hakube.store.AppManifest;
import hakube.store.ManifestReader;
import jakarta.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An app as the {@code addon.json} of a backup describes it (upstream {@code supervisor/apps/validate.py}, {@code SCHEMA_APP_BACKUP},
 * 2026-08).
 */
public final class AppBackup {

    /** What this installation keeps beside upstream's words, and no backup may bring along. */
    private static final List<String> OWN = List.of("leaving", "updating", "paused", "revision", "revisions");

    private static final String STARTED = "started";

    private final InstalledApp app;
    private final boolean wasStarted;

    private AppBackup(InstalledApp app, boolean wasStarted) {
        this.app = app;
        this.wasStarted = wasStarted;
    }

    /**
     * @param arch of the image that fits the cluster, upstream's word
     * @throws ApiFailure.BadRequest {@code app_backup_metadata_invalid_error} with what is wrong
     */
    static AppBackup read(String slug, String text, String arch) {
        try {
            if (!(JsonText.parse(text) instanceof JsonObject json)) {
                throw invalid(slug, "expected a dictionary");
            }
            return read(slug, JsonValues.plain(json), arch);
        } catch (ApiFailure.BadRequest fault) {
            throw fault.errorKey().isPresent() ? fault : invalid(slug, fault.getMessage());
        }
    }

    private static AppBackup read(String slug, Map<String, Object> json, String arch) {
        Map<String, Object> user = new HashMap<>(object(slug, json, "user"));
        Map<String, Object> system = new HashMap<>(object(slug, json, "system"));
        system.computeIfPresent("map", (key, value) -> withoutNulls(value));
        require(slug, json, "version", String.class::isInstance);
        require(slug, json, "state", String.class::isInstance);
        require(slug, user, "user.version", String.class::isInstance);
        require(slug, system, "system.repository", String.class::isInstance);
        requireIf(slug, user, "user.uuid", value -> matches(value, "[0-9a-f]{32}"));
        requireIf(slug, user, "user.options", Map.class::isInstance);
        requireIf(slug, user, "user.network", Map.class::isInstance);
        OWN.forEach(user::remove);
        AppManifest manifest =
                switch (ManifestReader.read(system)) {
                    case ManifestReader.Valid valid -> valid.manifest();
                    case ManifestReader.Invalid fault -> throw invalid(slug, fault.reason() + " @ data['system']");
                };
        UserLayer layer = UserLayers.read(slug, user, manifest);
        InstalledApp app = new InstalledApp(slug, (String) system.get("repository"), arch, manifest, layer);
        // The backup's image may be of another architecture, or built on the machine that it comes from.
        Optional<String> image = AppRevision.of(manifest, arch).image();
        AppRevision revision = new AppRevision(layer.version(), image, arch, manifest);
        return new AppBackup(app.at(revision, Optional.empty()), STARTED.equals(json.get("state")));
    }

    public String slug() {
        return app.slug();
    }

    public String name() {
        return app.manifest().name();
    }

    /** Of the app, when the backup was made. */
    public String version() {
        return app.user().version();
    }

    /** Slug of the repository that it comes from. */
    public String repository() {
        return app.repository();
    }

    /** Whether it ran when the backup was made. */
    public boolean wasStarted() {
        return wasStarted;
    }

    InstalledApp app() {
        return app;
    }

    private static Map<String, Object> object(String slug, Map<String, Object> json, String key) {
        if (json.get(key) instanceof Map<?, ?> map) {
            return JsonValues.object(map);
        }
        throw invalid(slug, "expected a dictionary @ data['" + key + "']");
    }

    /** Some writers put {@code null} for a path that the manifest does not name. */
    private static Object withoutNulls(Object list) {
        if (!(list instanceof List<?> entries)) {
            return list;
        }
        return entries.stream()
                .map(entry -> {
                    if (!(entry instanceof Map<?, ?> map)) {
                        return entry;
                    }
                    Map<String, Object> kept = new HashMap<>(JsonValues.object(map));
                    kept.values().removeIf(Objects::isNull);
                    return kept;
                })
                .toList();
    }

    /** @param path of the key, from the root */
    private static void require(String slug, Map<String, Object> json, String path, Predicate<Object> fits) {
        String key = path.substring(path.indexOf('.') + 1);
        if (!json.containsKey(key)) {
            throw invalid(slug, "required key not provided @ data['" + path.replace(".", "']['") + "']");
        }
        requireIf(slug, json, path, fits);
    }

    /** {@code null} is as good as nothing. */
    private static void requireIf(String slug, Map<String, Object> json, String path, Predicate<Object> fits) {
        Object value = json.get(path.substring(path.indexOf('.') + 1));
        if (value != null && !fits.test(value)) {
            throw invalid(slug, "not a valid value @ data['" + path.replace(".", "']['") + "']");
        }
    }

    private static boolean matches(Object value, String form) {
        return value instanceof String text && text.matches(form);
    }

    private static ApiFailure.BadRequest invalid(String slug, String why) {
        return new ApiFailure.BadRequest(
                "Metadata file for app " + slug + " in backup is invalid: " + why,
                "app_backup_metadata_invalid_error",
                Map.of("app", slug, "validation_error", why));
    }
}
