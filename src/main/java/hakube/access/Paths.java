package hakube.access;

import java.util.regex.Pattern;

/** Which paths are closed, open, free for every app, or given by a role (docs/architecture.md, The gate). */
final class Paths {

    private static final String SLUG = "[-_.A-Za-z0-9]+";

    private static final Pattern CLOSED = Pattern.compile("(/v2)?/(core|homeassistant)/api/hassio[/_].*|/v2");
    private static final Pattern OPEN = Pattern.compile(String.join(
            "|",
            "/(core|homeassistant)/(api/.*|websocket)",
            "/supervisor/ping",
            "/(ingress|api/hassio_ingress)/[-_A-Za-z0-9]+/.*",
            "/(addons|store/addons)/" + SLUG + "/(icon|logo)",
            "/app/.*\\.(js|gz|json|map|woff2)"));
    private static final Pattern CORE_ONLY = Pattern.compile("/addons/" + SLUG + "/sys_options");
    private static final Pattern ANY_APP = Pattern.compile(String.join(
            "|",
            "/addons/self/(?!security|update)[^/]+",
            "/addons/self/options/config",
            "/info",
            "/services.*",
            "/discovery.*",
            "/auth"));
    private static final Pattern DEFAULT = Pattern.compile("/.+/info");
    private static final Pattern HOME_ASSISTANT = Pattern.compile("/(core|homeassistant)/.+");
    private static final Pattern BACKUP = Pattern.compile("/backups.*");
    private static final Pattern MANAGER = Pattern.compile(String.join(
            "|",
            "/addons(/" + SLUG + "/(?!security).+|/reload)?",
            "/(audio|cli|core|dns|docker|hardware|homeassistant|host|jobs|multicast|network|observer|resolution"
                    + "|security|supervisor)/.+",
            "/os/(?!datadisk/wipe).+",
            "/auth/cache",
            "/(backups|mounts|store|snapshots).*",
            "/available_updates|/refresh_updates"));

    private Paths() {}

    /** 403 for everybody. */
    static boolean isClosed(String path) {
        return CLOSED.matcher(path).matches();
    }

    /** Reached without a token. */
    static boolean isOpen(String path) {
        return OPEN.matcher(path).matches();
    }

    /** Whether that caller passes the gate; handlers may ask more. */
    static boolean allows(Caller caller, String path) {
        return switch (caller) {
            case Caller.Core ignored -> true;
            case Caller.Administrator ignored -> !CORE_ONLY.matcher(path).matches();
            case Caller.App app ->
                !CORE_ONLY.matcher(path).matches() && (ANY_APP.matcher(path).matches() || hasRole(app, path));
        };
    }

    private static boolean hasRole(Caller.App app, String path) {
        if (!app.hassioApi()) {
            return false;
        }
        if (DEFAULT.matcher(path).matches()) {
            return true;
        }
        return switch (app.role()) {
            case DEFAULT -> false;
            case HOMEASSISTANT -> HOME_ASSISTANT.matcher(path).matches();
            case BACKUP -> BACKUP.matcher(path).matches();
            case MANAGER -> MANAGER.matcher(path).matches();
            case ADMIN -> true;
        };
    }
}
