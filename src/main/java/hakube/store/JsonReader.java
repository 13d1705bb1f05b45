package hakube.store;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON to the same plain values that {@link YamlReader} makes; a file of YAML's family would stumble over tabs. */
final class JsonReader {

    private JsonReader() {}

    static Object read(String text) throws Unreadable {
        try (jakarta.json.JsonReader reader = Json.createReader(new StringReader(text))) {
            return plain(reader.readValue(), 0);
        } catch (JsonException | IllegalStateException | ArithmeticException e) {
            throw new Unreadable("no JSON: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        } catch (StackOverflowError e) {
            throw new Unreadable("no JSON: nested too deep");
        }
    }

    private static Object plain(JsonValue value, int depth) throws Unreadable {
        if (depth > YamlReader.DEEPEST) {
            throw new Unreadable("nested deeper than " + YamlReader.DEEPEST + " levels");
        }
        return switch (value.getValueType()) {
            case NULL -> null;
            case TRUE -> true;
            case FALSE -> false;
            case STRING -> ((JsonString) value).getString();
            case NUMBER -> PlainValues.of(((JsonNumber) value).bigDecimalValue());
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (JsonValue entry : (JsonArray) value) {
                    list.add(plain(entry, depth + 1));
                }
                yield list;
            }
            case OBJECT -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (Map.Entry<String, JsonValue> entry : ((JsonObject) value).entrySet()) {
                    map.put(entry.getKey(), plain(entry.getValue(), depth + 1));
                }
                yield map;
            }
        };
    }
}
