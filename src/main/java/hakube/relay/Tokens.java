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

    /** Whether the octets from {@code begin} to {@code end} are one. */
    static boolean isToken(byte[] octets, int begin, int end) {
        for (int i = begin; i < end; i++) {
            if (octets[i] < 0 || !ALLOWED[octets[i]]) {
                return false;
            }
        }
        return begin < end;
    }
}
