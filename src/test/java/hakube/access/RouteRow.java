package hakube.access;

import hakube.api.Endpoint;
import hakube.api.ServedRoutes;
import java.util.Map;
import java.util.stream.Stream;

/** A row in one of the two versions, by the name that a failing test shows. */
record RouteRow(Endpoint endpoint, String template) {

    private static final String V2 = "/v2/";

    private static final String PANEL_FILES = "/app/{filename}";

    private static final Map<String, String> SAMPLES = Map.of(
            "app", "local_app",
            "path:.+", "states/sun.sun",
            "path:.*", "a/b.js",
            "bootid", "0",
            "hostname", "registry.example");

    /** All of v1 but the folder of panel files, which is a plain 404. */
    static Stream<RouteRow> all() {
        return Endpoint.all().stream()
                .flatMap(endpoint -> endpoint.v1().map(path -> new RouteRow(endpoint, path)).stream())
                .filter(row -> !row.template().equals(PANEL_FILES));
    }

    /** All of v1 and all of v2. */
    static Stream<RouteRow> ofServedVersions() {
        return Stream.concat(all(), ofSecondVersion());
    }

    /** All of v2. */
    static Stream<RouteRow> ofSecondVersion() {
        return Endpoint.all().stream()
                .flatMap(endpoint -> endpoint.v2().map(path -> new RouteRow(endpoint, path)).stream());
    }

    boolean isV2() {
        return template.startsWith(V2);
    }

    /** Whether a resource answers it. */
    boolean isServed() {
        return ServedRoutes.contains(endpoint.method(), template);
    }

    /** Whether it goes on to an app or to Core, and asks behind the gate for a session or a flag, whoever comes. */
    boolean isRelayed() {
        return template.contains("/ingress/{token}/")
                || template.matches("(/v2)?/(core|homeassistant)/(api/.*|websocket)");
    }

    /** Whether it is about one app of those that are installed. */
    boolean isOfAnApp() {
        return template.matches("(/v2)?/(addons|apps)/\\{app}/.*");
    }

    /** What every app may do with itself, whatever its flags; the table names all but {@code info}. */
    boolean isForSelf() {
        return endpoint.note().startsWith("[self: any-addon]") || isOfAnApp() && template.endsWith("/info");
    }

    /** The path by which an app names itself. */
    String selfPath() {
        return path().replace("/" + SAMPLES.get("app") + "/", "/self/");
    }

    String method() {
        return endpoint.method().equals("ANY") ? "PATCH" : endpoint.method();
    }

    /** The path with something in the place of each parameter. */
    String path() {
        String path = template;
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
