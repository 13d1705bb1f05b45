package hakube.api;

import java.util.Map;

/**
 * The two versions of the API, by the words in which they differ: the first says add-on, the second, below {@code /v2}, app
 * (upstream {@code supervisor/api/const.py}, {@code AppVersion}, 2026-08). Boundaries are given theirs, and hand it to what makes their answers; what does things knows none.
 */
public enum ApiVersion {
    V1(
            "addon",
            "addons",
            Map.of(
                    "app_not_supported_architecture_error", "addon_not_supported_architecture_error",
                    "app_not_supported_machine_type_error", "addon_not_supported_machine_type_error",
                    "app_not_supported_home_assistant_version_error",
                            "addon_not_supported_home_assistant_version_error")),
    V2("app", "apps", Map.of());

    private static final String PREFIX = "/v2/";

    private final String app;
    private final String apps;
    private final Map<String, String> legacyErrorKeys;

    ApiVersion(String app, String apps, Map<String, String> legacyErrorKeys) {
        this.app = app;
        this.apps = apps;
        this.legacyErrorKeys = legacyErrorKeys;
    }

    /** The version that a path belongs to, whether there is such a route or not. */
    public static ApiVersion of(String path) {
        return path.startsWith(PREFIX) ? V2 : V1;
    }

    /** The key of one app's slug. */
    public String app() {
        return app;
    }

    /** The key of a list of apps. */
    public String apps() {
        return apps;
    }

    /** What clients of this version know an error by (upstream {@code supervisor/api/utils.py}, {@code _response_error_key}). */
    String errorKey(String key) {
        return legacyErrorKeys.getOrDefault(key, key);
    }
}
