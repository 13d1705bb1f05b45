package hakube.access;

import java.util.regex.Pattern;

/**
 * The path rules of one version of the API (upstream {@code supervisor/api/middleware/security.py}, 2026-08, with 2026-11's
 * {@code /time}). Roles are not a line:
 * homeassistant and backup stand side by side.
 *
 * @param open needs no token
 * @param coreOnly for Core's token alone
 * @param anyApp for every installed app, whatever its flags
 * @param manager what role manager adds to role default
 */
record PathRules(Pattern open, Pattern coreOnly, Pattern anyApp, Pattern manager) {

    private static final String SLUG = "[-_.A-Za-z0-9]+";

    private static final Pattern DEFAULT = Pattern.compile("/.+/info");
    private static final Pattern HOME_ASSISTANT = Pattern.compile("/(core|homeassistant)/.+");
    private static final Pattern BACKUP = Pattern.compile("/backups.*");

    private static final String MANAGER = String.join(
            "|",
            "/(audio|cli|core|dns|docker|hardware|homeassistant|host|jobs|multicast|network|observer|resolution"
                    + "|security|supervisor|time)/.+",
            "/os/(?!datadisk/wipe).+",
            "/auth/cache",
            "/(backups|mounts|store).*");

    /** Paths as they are. */
    static final PathRules V1 = new PathRules(
            Pattern.compile(String.join(
                    "|",
                    "/(core|homeassistant)/(api/.*|websocket)",
                    "/supervisor/ping",
                    "/ingress/" + IngressRoute.TOKEN + "/.*",
                    IngressRoute.ENTRY + IngressRoute.TOKEN + "/.*",
                    "/(addons|store/addons)/" + SLUG + "/(icon|logo)",
                    "/app/.*\\.(js|gz|json|map|woff2)")),
            coreOnly("addons"),
            anyApp("addons"),
            Pattern.compile(String.join(
                    "|",
                    MANAGER,
                    "/addons(/" + SLUG + "/(?!security).+|/reload)?",
                    "/snapshots.*",
                    "/(available|refresh)_updates")));

    /** Paths without the prefix {@code /v2}. */
    static final PathRules V2 = new PathRules(
            Pattern.compile("/ingress/" + IngressRoute.TOKEN + "/.*|/store/apps/" + SLUG + "/(icon|logo)"),
            coreOnly("apps"),
            anyApp("apps"),
            Pattern.compile(String.join("|", MANAGER, "/apps(/" + SLUG + "/(?!security).+)?", "/reload_updates")));

    boolean isOpen(String path) {
        return open.matcher(path).matches();
    }

    boolean isCoreOnly(String path) {
        return coreOnly.matcher(path).matches();
    }

    boolean isForAnyApp(String path) {
        return anyApp.matcher(path).matches();
    }

    boolean isFor(Caller.Role role, String path) {
        return role == Caller.Role.ADMIN
                || DEFAULT.matcher(path).matches()
                || switch (role) {
                    case DEFAULT -> false;
                    case HOMEASSISTANT -> HOME_ASSISTANT.matcher(path).matches();
                    case BACKUP -> BACKUP.matcher(path).matches();
                    case MANAGER -> manager.matcher(path).matches();
                    case ADMIN -> true;
                };
    }

    private static Pattern coreOnly(String word) {
        return Pattern.compile("/" + word + "/" + SLUG + "/sys_options");
    }

    private static Pattern anyApp(String word) {
        return Pattern.compile(String.join(
                "|",
                "/" + word + "/self/(?!security|update)[^/]+",
                "/" + word + "/self/options/config",
                "/info",
                "/services.*",
                "/discovery.*",
                "/auth"));
    }
}
