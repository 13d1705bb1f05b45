package hakube.proxy;

import hakube.access.Percent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request wants of Core.
 *
 * @param kind how it is carried on
 * @param target path at Core, as it came; begins with {@code /api/}
 */
record ProxyPath(Kind kind, String target) {

    private static final String[] ROOTS = {"/core/", "/v2/core/", "/homeassistant/"};
    private static final String LEGACY = ROOTS[2];
    private static final String API = "/api/";

    enum Kind {
        REQUEST,
        /** Events, for as long as somebody listens. */
        STREAM,
        WEB_SOCKET
    }

    /** Reads a raw path; empty for one, or a method, that is not the proxy's. */
    static Optional<ProxyPath> of(String method, String raw) {
        for (String root : ROOTS) {
            if (raw.startsWith(root)) {
                return of(method, raw.substring(root.length() - 1), root.equals(LEGACY));
            }
        }
        return Optional.empty();
    }

    /** Whether it leads into the interface between Core and its Supervisor, however it is written. The gate asks the same before. */
    boolean isClosed() {
        String rest = Arrays.stream(
                        Percent.undone(target.substring(API.length())).text().split("/", -1))
                .map(segment -> segment.replaceFirst(";.*", ""))
                .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                .collect(Collectors.joining("/", "", "/"));
        return rest.startsWith("hassio/") && rest.length() > "hassio/".length() || rest.startsWith("hassio_");
    }

    private static Optional<ProxyPath> of(String method, String rest, boolean isLegacy) {
        boolean reads = method.equals("GET") || method.equals("HEAD");
        if (method.equals("GET") && (rest.equals("/websocket") || rest.equals("/api/websocket"))) {
            return Optional.of(new ProxyPath(Kind.WEB_SOCKET, "/api/websocket"));
        }
        boolean isServed = rest.startsWith(API)
                && (reads || rest.length() > API.length() && (method.equals("POST") || isDeletion(method, isLegacy)));
        Kind kind = reads && rest.equals("/api/stream") ? Kind.STREAM : Kind.REQUEST;
        return isServed ? Optional.of(new ProxyPath(kind, rest)) : Optional.empty();
    }

    private static boolean isDeletion(String method, boolean isLegacy) {
        return method.equals("DELETE") && !isLegacy;
    }
}
