package hakube.access;

import java.util.regex.Pattern;

/** Which paths are closed, open, free for every app, or given by a role (docs/architecture.md, The gate). */
final class Paths {

    private static final String V2 = "/v2";

    private static final Pattern CLOSED = Pattern.compile("(/v2)?/(core|homeassistant)/api/hassio[/_].*|/v2");

    private Paths() {}

    /** 403 for everybody. */
    static boolean isClosed(String path) {
        return CLOSED.matcher(path).matches();
    }

    /** Reached without a token. */
    static boolean isOpen(String path) {
        return rules(path).isOpen(bare(path));
    }

    /** Whether that caller passes the gate; handlers may ask more. */
    static boolean allows(Caller caller, String path) {
        PathRules rules = rules(path);
        String bare = bare(path);
        return switch (caller) {
            case Caller.Core ignored -> true;
            case Caller.Administrator ignored -> !rules.isCoreOnly(bare);
            case Caller.App app ->
                !rules.isCoreOnly(bare)
                        && (rules.isForAnyApp(bare) || app.hassioApi() && rules.isFor(app.role(), bare));
        };
    }

    private static PathRules rules(String path) {
        return path.startsWith(V2 + "/") ? PathRules.V2 : PathRules.V1;
    }

    private static String bare(String path) {
        return path.startsWith(V2 + "/") ? path.substring(V2.length()) : path;
    }
}
