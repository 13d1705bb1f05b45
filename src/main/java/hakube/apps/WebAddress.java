package hakube.apps;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a browser finds an app's own web interface; pure (upstream {@code AddonModel.webui}, 2026-08). */
final class WebAddress {

    private static final Pattern TEMPLATE = Pattern.compile(
            "(?:(?<scheme>https?)|\\[PROTO:(?<option>\\w+)])://\\[HOST]:\\[PORT:(?<port>[0-9]+)](?<rest>.*)\n?",
            Pattern.UNIX_LINES);

    private WebAddress() {}

    /**
     * The manifest's template with the port outside and the scheme filled in; {@code [HOST]} stays for the frontend. Empty
     * without a template, and when the port is not published.
     */
    static Optional<String> of(InstalledApp app) {
        return app.manifest().web().webui().flatMap(template -> filled(template, app));
    }

    private static Optional<String> filled(String template, InstalledApp app) {
        Matcher parts = TEMPLATE.matcher(template);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String scheme = parts.group("scheme") != null
                ? parts.group("scheme")
                : OptionValue.isTruthy(app.options().get(parts.group("option"))) ? "https" : "http";
        return outside(parts.group("port"), app.network())
                .map(port -> scheme + "://[HOST]:" + port + parts.group("rest"));
    }

    /** The port itself when the app does not declare it. */
    private static Optional<String> outside(String port, Map<String, Integer> network) {
        for (String key : new String[] {port + "/tcp", port}) {
            if (network.containsKey(key)) {
                return Optional.ofNullable(network.get(key)).map(String::valueOf);
            }
        }
        return Optional.of(port);
    }
}
