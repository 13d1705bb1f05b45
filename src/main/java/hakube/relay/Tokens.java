package hakube.relay;

/** Characters of names in HTTP (RFC 9110, 5.6.2). */
final class Tokens {

    private static final boolean[] ALLOWED = new boolean[128];

    static {
        for (char c = '!'; c <= '~'; c++) {
            ALLOWED[c] = Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
        }
    }

    private Tokens() {}

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c]) {
                return false;
            }
        }
        return !text.isEmpty();
    }
}
