package hakube.apps;

import hakube.logs.LogSource;

/** Where an app's log is. */
public final class AppLog {

    private static final String PREFIX = "addon_";

    private AppLog() {}

    /** The source. */
    public static LogSource of(String slug) {
        return new LogSource.Workload(identifier(slug), AppWorkload.selector(slug), AppWorkload.CONTAINER);
    }

    /** Upstream's name of it. */
    public static String identifier(String slug) {
        return PREFIX + slug;
    }
}
