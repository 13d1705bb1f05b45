package hakube.access;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The filter in front of everything: paths and queries that try to reach what they should not (upstream
 * {@code supervisor/api/middleware/security.py}, 2026-08, in our own words).
 */
final class SuspiciousPath {

    private static final int ROUNDS = 8;
    private static final Pattern SUSPICIOUS = Pattern.compile(String.join(
            "|",
            "proc/self/environ",
            "<[^>]*script.*>",
            "\\.\\.//?",
            "[a-z0-9_]=/([a-z0-9_.]//?)+",
            "union.*select.*\\(",
            "union.*all.*select",
            "concat.*\\("));

    private SuspiciousPath() {}

    /** Whether a raw path or query holds a suspicious part, however often it was encoded. */
    static boolean matches(String raw) {
        String text = raw;
        for (int round = 0; round < ROUNDS; round++) {
            String decoded = decode(text);
            if (decoded.equals(text)) {
                break;
            }
            text = decoded;
        }
        return SUSPICIOUS.matcher(text.toLowerCase(Locale.ROOT)).find();
    }

    /** Decodes percent escapes once; what is no escape stays as it is. */
    static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
            if (in[i] == '%' && high >= 0 && low >= 0) {
                out[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                out[length++] = in[i];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
