package hakube.relay;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Headers that concern one connection and not what lies beyond it (RFC 9110, 7.6.1). */
public final class HopByHop {

    private static final Set<String> NAMES = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Set<String> named;

    private HopByHop(Set<String> named) {
        this.named = named;
    }

    /** Those of a message: the known ones, and those that its {@code Connection} names. */
    public static HopByHop of(List<Field> fields) {
        Set<String> named = Set.of();
        for (Field field : fields) {
            if (field.is("connection")) {
                for (String token : field.value().split(",", -1)) {
                    String name = token.strip().toLowerCase(Locale.ROOT);
                    if (!isUsual(name)) {
                        named = named.isEmpty() ? new HashSet<>() : named;
                        named.add(name);
                    }
                }
            }
        }
        return new HopByHop(named);
    }

    /** Whether a relay keeps that header to itself. */
    public boolean has(Field field) {
        String name = field.name().toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || named.contains(name);
    }

    private static boolean isUsual(String token) {
        return token.isEmpty() || token.equals("close") || token.equals("keep-alive") || token.equals("upgrade");
    }
}
