package hakube.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;

/** Values that are taken for others, as upstream's validation library does. */
final class LenientValues {

    private static final Set<String> TRUE = Set.of("1", "true", "yes", "on", "enable");
    private static final Set<String> FALSE = Set.of("0", "false", "no", "off", "disable");

    private LenientValues() {}

    /** Null for what is neither. */
    static Boolean truth(JsonValue value) {
        return switch (value) {
            case JsonString text -> {
                String word = text.getString().toLowerCase(Locale.ROOT);
                yield TRUE.contains(word) ? Boolean.TRUE : FALSE.contains(word) ? Boolean.FALSE : null;
            }
            case JsonNumber number -> number.bigDecimalValue().signum() != 0;
            case JsonObject map -> !map.isEmpty();
            case JsonArray list -> !list.isEmpty();
            default -> value.getValueType() == JsonValue.ValueType.TRUE;
        };
    }

    /** Cut towards zero; what no long holds must still fail the bounds. */
    private static Long clamped(BigDecimal number) {
        return number.max(BigDecimal.valueOf(Long.MIN_VALUE))
                .min(BigDecimal.valueOf(Long.MAX_VALUE))
                .longValue();
    }

    /** Null for what is no whole number as it stands; {@code 1.0} and {@code 1e3} are not. */
    static Long integer(JsonValue value) {
        return switch (value) {
            case JsonNumber number when number.bigDecimalValue().scale() == 0 -> clamped(number.bigDecimalValue());
            case JsonNumber ignored -> null;
            case JsonString ignored -> null;
            default -> whole(value);
        };
    }

    /** Null for what cannot be made into a whole number. */
    static Long whole(JsonValue value) {
        return switch (value) {
            case JsonNumber number -> clamped(number.bigDecimalValue());
            case JsonString text
            when text.getString().strip().matches("[+-]?[0-9]{1,18}") ->
                Long.valueOf(text.getString().strip());
            default ->
                switch (value.getValueType()) {
                    case TRUE -> 1L;
                    case FALSE -> 0L;
                    default -> null;
                };
        };
    }

    /** Null for what cannot be made into a number. */
    static Double decimal(JsonValue value) {
        return switch (value) {
            case JsonNumber number -> number.doubleValue();
            case JsonString text -> parsed(text.getString());
            default ->
                switch (value.getValueType()) {
                    case TRUE -> 1.0;
                    case FALSE -> 0.0;
                    default -> null;
                };
        };
    }

    private static Double parsed(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
