package hakube.ingress;

import hakube.relay.Field;
import java.util.ArrayList;
import java.util.List;

/** The cookie that Core sets in browsers; the Supervisor only reads it. */
final class SessionCookie {

    private static final String NAME = "ingress_session";

    private SessionCookie() {}

    /** What all cookies of that name say, in their order: two may have been set for different paths. */
    static List<String> values(List<Field> headers) {
        List<String> values = new ArrayList<>(1);
        for (Field header : headers) {
            if (header.is("cookie")) {
                for (String cookie : header.value().split(";", -1)) {
                    int equals = cookie.indexOf('=');
                    if (equals > 0 && cookie.substring(0, equals).strip().equals(NAME)) {
                        values.add(bare(cookie.substring(equals + 1).strip()));
                    }
                }
            }
        }
        return values;
    }

    private static String bare(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
