package hakube.apps;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the watchdog asks of an app (upstream {@code supervisor/apps/app.py}, {@code watchdog_application}, 2026-08). Pure.
 *
 * @param scheme {@code http}, {@code https} or {@code tcp}
 * @param port of the app itself: its pod is dialled
 * @param rest path and query, may be empty
 */
record WatchdogAddress(String scheme, int port, String rest) {

    private static final Pattern TEMPLATE =
            Pattern.compile("(?:(?<scheme>https?|tcp)|\\[PROTO:(?<option>\\w+)])://(?:\\[HOST]):"
                    + "(?:\\[PORT:(?<placed>[0-9]{1,5})]|(?<port>[0-9]{1,5}))(?<rest>(?:[/?].*)?)");

    private static final int HIGHEST = 65535;

    /** Empty for an app that names none, or one that is no address. */
    static Optional<WatchdogAddress> of(InstalledApp app) {
        return app.manifest()
                .web()
                .watchdog()
                .map(TEMPLATE::matcher)
                .filter(Matcher::matches)
                .map(parts -> new WatchdogAddress(scheme(parts, app), port(parts), parts.group("rest")))
                .filter(address -> address.port > 0 && address.port <= HIGHEST);
    }

    private static String scheme(Matcher parts, InstalledApp app) {
        if (parts.group("scheme") != null) {
            return parts.group("scheme");
        }
        return OptionValue.isTruthy(app.options().get(parts.group("option"))) ? "https" : "http";
    }

    private static int port(Matcher parts) {
        return Integer.parseInt(parts.group("placed") != null ? parts.group("placed") : parts.group("port"));
    }

    boolean isTcp() {
        return scheme.equals("tcp");
    }
}
