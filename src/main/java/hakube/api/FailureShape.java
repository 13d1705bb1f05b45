package hakube.api;

import java.util.regex.Pattern;

/** The three shapes of a failure that a handler raises; the route alone decides which one. */
enum FailureShape {
    JSON,
    TEXT,
    OCTETS;

    // An app, a service or a backup may itself be called "logs" or "icon".
    private static final Pattern LOGS =
            Pattern.compile("^(/v2)?/((addons|apps)/[^/]+|(?!addons/|apps/|mounts/)[a-z]+)/logs(/.*)?$");
    private static final Pattern DOCUMENT =
            Pattern.compile("^(/v2)?(/store)?/(addons|apps)/[^/]+/(icon|logo|changelog|documentation)$");

    static FailureShape of(String path) {
        if (LOGS.matcher(path).find() && !path.endsWith("/boots") && !path.endsWith("/identifiers")) {
            return TEXT;
        }
        return DOCUMENT.matcher(path).find() ? OCTETS : JSON;
    }
}
