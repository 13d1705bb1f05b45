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
                addOf(header.value(), values);
            }
        }
        return values;
    }

    private static void addOf(String header, List<String> values) {
        for (int begin = 0; begin <= header.length(); ) {
            int semicolon = header.indexOf(';', begin);
            int end = semicolon < 0 ? header.length() : semicolon;
            int equals = header.indexOf('=', begin);
            if (equals > begin
                    && equals < end
                    && header.substring(begin, equals).strip().equals(NAME)) {
                values.add(bare(header.substring(equals + 1, end).strip()));
            }
            begin = end + 1;
        }
    }

    private static String bare(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return isQuoted ? value.substring(1, value.length() - 1) : value;
    }
}
