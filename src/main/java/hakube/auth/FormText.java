package hakube.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A body of type {@code application/x-www-form-urlencoded}, read as leniently as Python does. */
final class FormText {

    private static final int HEX = 16;

    private FormText() {}

    /** The first value of each name; what has no {@code =} has an empty one. Blanks at the end of the body do not count. */
    static Map<String, String> parse(String body) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : body.stripTrailing().split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                fields.putIfAbsent(decode(name), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    /** A percent sign that begins no escape stands for itself. */
    private static String decode(String text) {
        byte[] in = text.replace('+', ' ').getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(in[i + 2], HEX);
            if (low < 0) {
                out.write(in[i]);
            } else {
                out.write(high * HEX + low);
                i += 2;
            }
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
