package hakube.apps;

import hakube.store.OptionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Makes options that a schema takes: the defaults where they fit, else something plain. */
final class FittingOptions {

    private static final int LONG_ENOUGH = 12;

    /** One of them fits every expression that an app in the field has. */
    private static final List<String> TEXTS = List.of(
            "a",
            "1",
            "auto",
            "rsa",
            "share",
            "EUR",
            "AA1",
            "wg0",
            "/",
            "GF_A",
            "EMQX_A",
            "INFLUXDB_A",
            "A=1",
            "a.duckdns.org",
            "0".repeat(32));

    private final String app;

    private FittingOptions(String app) {
        this.app = app;
    }

    /** @throws AssertionError for a type that nothing fits, such as a device that is required */
    static Map<String, Object> of(String app, Map<String, Object> schema, Map<String, Object> defaults) {
        return new FittingOptions(app).object(schema, defaults);
    }

    private Map<String, Object> object(Map<String, Object> members, Map<String, Object> defaults) {
        Map<String, Object> made = new LinkedHashMap<>();
        members.forEach((key, type) -> {
            Object given = defaults.get(key);
            if (given != null || isRequired(type)) {
                made.put(key, value(key, type, given));
            }
        });
        return made;
    }

    private Object value(String key, Object type, Object given) {
        return switch (type) {
            case Map<?, ?> members ->
                object(JsonValues.object(members), given instanceof Map<?, ?> map ? JsonValues.object(map) : Map.of());
            case List<?> types -> {
                List<Object> items = new ArrayList<>();
                for (Object item : given instanceof List<?> list ? list : List.of()) {
                    items.add(value(key, types.getFirst(), item));
                }
                if (given == null) {
                    items.add(value(key, types.getFirst(), null));
                }
                yield items;
            }
            default -> scalar(key, (String) type, given);
        };
    }

    private Object scalar(String key, String text, Object given) {
        OptionType type = OptionType.parse(text).orElseThrow();
        OptionValue rule = new OptionValue(text, key, app);
        return Stream.concat(Stream.ofNullable(given), candidates(type).stream())
                .filter(value -> fits(rule, type, value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No value is known for " + key + ": " + text + " of " + app));
    }

    private static List<Object> candidates(OptionType type) {
        return switch (type.kind().orElseThrow()) {
            case STR, PASSWORD ->
                List.of("x".repeat(LONG_ENOUGH), "x".repeat((int) type.max().orElse(0)), "x".repeat((int)
                                type.min().orElse(0)));
            case INT -> List.of(1L, (long) type.min().orElse(1));
            case FLOAT -> List.of(1.0, type.min().orElse(1));
            case BOOL -> List.of(true);
            case PORT -> List.of(8080L);
            case EMAIL -> List.of("somebody@example.org");
            case URL -> List.of("https://example.org/");
            case LIST -> List.copyOf(type.words());
            case MATCH -> List.copyOf(TEXTS);
            case DEVICE -> List.of();
        };
    }

    private static boolean fits(OptionValue rule, OptionType type, Object value) {
        try {
            rule.of(type, value);
            return true;
        } catch (OptionFault e) {
            return false;
        }
    }

    private static boolean isRequired(Object type) {
        Object first = type instanceof List<?> list ? list.getFirst() : type;
        return !(first instanceof String text && text.endsWith("?"));
    }
}
