package hakube.ingress;

import hakube.access.IngressRoute;
import java.util.Optional;

/**
 * The path of a request that goes on to an app.
 *
 * @param token which app
 * @param rest what the app gets, as it came; begins with a slash
 */
record IngressPath(String token, String rest) {

    /** Where Core asks, the same in version 2, and where a public route leads to. */
    private static final String[] ROOTS = {"/ingress/", IngressRoute.ENTRY, "/v2/ingress/"};

    /** Reads a raw path; empty for one of the API. The slash behind the token is no option. */
    static Optional<IngressPath> of(String raw) {
        for (String root : ROOTS) {
            if (raw.startsWith(root)) {
                int end = raw.indexOf('/', root.length());
                String token = end < 0 ? "" : raw.substring(root.length(), end);
                return IngressRoute.isToken(token)
                        ? Optional.of(new IngressPath(token, raw.substring(end)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }
}
