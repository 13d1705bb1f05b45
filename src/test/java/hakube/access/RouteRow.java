package hakube.access;

import hakube.api.Endpoint;
import java.util.Map;
import java.util.stream.Stream;

/** A row of v1, by the name that a failing test shows. */
record RouteRow(Endpoint endpoint) {

    private static final String PANEL_FILES = "/app/{filename}";

    private static final Map<String, String> SAMPLES = Map.of(
            "app", "local_app",
            "path:.+", "states/sun.sun",
            "path:.*", "a/b.js",
            "bootid", "0",
            "hostname", "registry.example");

    /** All but the folder of panel files, which is a plain 404. */
    static Stream<RouteRow> all() {
        return Endpoint.all().stream()
                .filter(endpoint -> endpoint.v1().isPresent())
                .filter(endpoint -> !endpoint.v1().orElseThrow().equals(PANEL_FILES))
                .map(RouteRow::new);
    }

    String method() {
        return endpoint.method().equals("ANY") ? "PATCH" : endpoint.method();
    }

    String template() {
        return endpoint.v1().orElseThrow();
    }

    /** The path with something in the place of each parameter. */
    String path() {
        String path = template();
        for (Map.Entry<String, String> sample : SAMPLES.entrySet()) {
            path = path.replace("{" + sample.getKey() + "}", sample.getValue());
        }
        return path.replaceAll("\\{[^}]+}", "x1");
    }

    boolean isOpen() {
        return endpoint.role().equals("open");
    }

    boolean matches(String path) {
        String expression =
                template().replaceAll("\\{path:(\\.[+*])}", "\u0001$1").replaceAll("\\{[^}]+}", "[^/]+");
        return path.matches(expression.replace("\u0001", ""));
    }

    /** Content type of a failure: the route decides. */
    String shape() {
        if (template().endsWith("/logs/boots") || template().endsWith("/logs/identifiers")) {
            return "application/json";
        }
        if (template().contains("/logs")) {
            return "text/plain";
        }
        return template().matches(".*/(icon|logo|changelog|documentation)")
                ? "application/octet-stream"
                : "application/json";
    }

    @Override
    public String toString() {
        return endpoint.method() + " " + template();
    }
}
