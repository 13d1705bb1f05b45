package hakube.access;

/** How ingress is addressed: the gate lets it through by this, and apps and browsers are told it. */
public final class IngressRoute {

    /** Where browsers reach an app, followed by its token: at Core, or by a public route that leads straight to the Supervisor. */
    public static final String ENTRY = "/api/hassio_ingress/";

    /** A regular expression for an app's ingress token. */
    static final String TOKEN = "[-_A-Za-z0-9]+";

    private IngressRoute() {}

    /** Whether that could be an app's ingress token. */
    public static boolean isToken(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPart =
                    c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (!isPart) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
