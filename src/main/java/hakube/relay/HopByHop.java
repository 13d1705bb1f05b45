package hakube.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Headers that concern one connection and not what lies beyond it (RFC 9110, 7.6.1). */
public final class HopByHop {

    private static final List<String> NAMES = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final List<String> named;

    private HopByHop(List<String> named) {
        this.named = named;
    }

    /** Those of a message: the known ones, and those that its {@code Connection} names. */
    public static HopByHop of(List<Field> fields) {
        List<String> named = List.of();
        for (Field field : fields) {
            if (field.is("connection")) {
                for (String token : field.value().split(",", -1)) {
                    String name = token.strip().toLowerCase(Locale.ROOT);
                    if (!isUsual(name)) {
                        named = named.isEmpty() ? new ArrayList<>() : named;
                        named.add(name);
                    }
                }
            }
        }
        return new HopByHop(named);
    }

    /** Whether a relay keeps that header to itself. */
    public boolean has(Field field) {
        return isAmong(NAMES, field) || isAmong(named, field);
    }

    private static boolean isAmong(List<String> names, Field field) {
        for (String name : names) {
            if (field.is(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUsual(String token) {
        return token.isEmpty() || token.equals("close") || token.equals("keep-alive") || token.equals("upgrade");
    }
}
