package hakube.apps;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON as plain maps, lists, texts, numbers and booleans and back. Unlike JSON-B it keeps the order of keys, which forms show,
 * and the difference of {@code 3} and {@code 3.0}, which options have.
 */
final class JsonValues {

    private JsonValues() {}

    static Map<String, Object> plain(JsonObject object) {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((key, value) -> map.put(key, plain(value)));
        return map;
    }

    static Object plain(JsonValue value) {
        return switch (value) {
            case JsonObject object -> plain(object);
            case JsonString text -> text.getString();
            case JsonNumber number -> plain(number);
            case jakarta.json.JsonArray array -> {
                List<Object> list = new ArrayList<>();
                array.forEach(item -> list.add(plain(item)));
                yield list;
            }
            default ->
                switch (value.getValueType()) {
                    case TRUE -> true;
                    case FALSE -> false;
                    default -> null;
                };
        };
    }

    static JsonObject json(Map<String, ?> map) {
        JsonObjectBuilder builder = Json.createObjectBuilder();
        map.forEach((key, value) -> builder.add(key, json(value)));
        return builder.build();
    }

    static JsonValue json(Object value) {
        return switch (value) {
            case null -> JsonValue.NULL;
            case JsonValue already -> already;
            case String text -> Json.createValue(text);
            case Boolean flag -> flag ? JsonValue.TRUE : JsonValue.FALSE;
            case Integer number -> Json.createValue(number);
            case Long number -> Json.createValue(number);
            case BigInteger number -> Json.createValue(number);
            case BigDecimal number -> Json.createValue(number);
            // JSON has no words for these; upstream's writer takes null too.
            case Double number when !Double.isFinite(number) -> JsonValue.NULL;
            case Number number -> Json.createValue(number.doubleValue());
            case Map<?, ?> map -> json(object(map));
            case Iterable<?> items -> {
                JsonArrayBuilder builder = Json.createArrayBuilder();
                items.forEach(item -> builder.add(json(item)));
                yield builder.build();
            }
            default -> throw new IllegalArgumentException("No JSON for " + value.getClass());
        };
    }

    /** A map whose keys are texts, as all that come from JSON or YAML are here. */
    static Map<String, Object> object(Map<?, ?> map) {
        Map<String, Object> object = new LinkedHashMap<>();
        map.forEach((key, value) -> object.put(String.valueOf(key), value));
        return Collections.unmodifiableMap(object);
    }

    private static Object plain(JsonNumber number) {
        if (!number.isIntegral() || number.toString().matches(".*[.eE].*")) {
            return number.doubleValue();
        }
        BigInteger whole = number.bigIntegerValue();
        if (whole.bitLength() < Integer.SIZE) {
            return whole.intValue();
        }
        return whole.bitLength() < Long.SIZE ? (Object) whole.longValue() : whole;
    }
}
