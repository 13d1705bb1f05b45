package hakube.ingress;

import java.util.Optional;

/**
 * The path of a request that goes on to an app.
 *
 * @param token which app
 * @param rest what the app gets, as it came; begins with a slash
 */
record IngressPath(String token, String rest) {

    /** Where Core asks, the same in version 2, and where a public route leads to. */
    private static final String[] ROOTS = {"/ingress/", "/api/hassio_ingress/", "/v2/ingress/"};

    /** Reads a raw path; empty for one of the API. The slash behind the token is no option. */
    static Optional<IngressPath> of(String raw) {
        for (String root : ROOTS) {
            if (raw.startsWith(root)) {
                int end = raw.indexOf('/', root.length());
                return end > root.length() && isToken(raw, root.length(), end)
                        ? Optional.of(new IngressPath(raw.substring(root.length(), end), raw.substring(end)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean isToken(String raw, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = raw.charAt(i);
            boolean isPart =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!isPart) {
                return false;
            }
        }
        return true;
    }
}
