package hakube.api;

import java.util.regex.Pattern;

/** The three shapes of a failure that a handler raises; the route alone decides which one. */
enum FailureShape {
    JSON,
    TEXT,
    OCTETS;

    private static final Pattern LOGS = Pattern.compile("/logs(/.*)?$");
    private static final Pattern DOCUMENT = Pattern.compile("/(icon|logo|changelog|documentation)$");

    static FailureShape of(String path) {
        if (LOGS.matcher(path).find() && !path.endsWith("/boots") && !path.endsWith("/identifiers")) {
            return TEXT;
        }
        return DOCUMENT.matcher(path).find() ? OCTETS : JSON;
    }
}
