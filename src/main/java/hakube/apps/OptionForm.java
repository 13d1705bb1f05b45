package hakube.apps;

import hakube.store.OptionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The schema as a form that the frontend draws; pure (upstream {@code UiOptions}, 2026-08). */
final class OptionForm {

    private OptionForm() {}

    /** One entry for each option in the order of the schema; a type that cannot be read has none. */
    static List<Map<String, Object>> of(Map<String, Object> types) {
        List<Map<String, Object>> form = new ArrayList<>();
        types.forEach((name, type) -> entry(name, type).ifPresent(form::add));
        return form;
    }

    private static Optional<Map<String, Object>> entry(String name, Object type) {
        return switch (type) {
            case List<?> list when !list.isEmpty() -> single(name, list.getFirst(), true);
            case null, default -> single(name, type, false);
        };
    }

    private static Optional<Map<String, Object>> single(String name, Object type, boolean multiple) {
        return switch (type) {
            case Map<?, ?> members -> {
                Map<String, Object> entry = new LinkedHashMap<>();
                entry.put("name", name);
                entry.put("type", "schema");
                entry.put("optional", true);
                entry.put("multiple", multiple);
                entry.put("schema", of(JsonValues.object(members)));
                yield Optional.of(entry);
            }
            case String text ->
                OptionType.parse(text)
                        .filter(parsed -> parsed.kind().isPresent())
                        .map(parsed -> scalar(name, parsed, multiple));
            case null, default -> Optional.empty();
        };
    }

    private static Map<String, Object> scalar(String name, OptionType type, boolean multiple) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("name", name);
        if (multiple) {
            entry.put("multiple", true);
        }
        type.min().ifPresent(min -> entry.put("lengthMin", min));
        type.max().ifPresent(max -> entry.put("lengthMax", max));
        entry.put(type.optional() ? "optional" : "required", true);
        OptionType.Kind kind = type.kind().orElseThrow();
        entry.put("type", word(kind));
        switch (kind) {
            case PASSWORD -> entry.put("format", "password");
            case EMAIL -> entry.put("format", "email");
            case URL -> entry.put("format", "url");
            case LIST -> entry.put("options", type.words());
            // A cluster's pods have no devices of the node.
            case DEVICE -> entry.put("options", List.of());
            case STR, MATCH, INT, PORT, FLOAT, BOOL -> {}
        }
        return entry;
    }

    private static String word(OptionType.Kind kind) {
        return switch (kind) {
            case STR, PASSWORD, EMAIL, URL, MATCH -> "string";
            case INT, PORT -> "integer";
            case FLOAT -> "float";
            case BOOL -> "boolean";
            case LIST, DEVICE -> "select";
        };
    }
}
