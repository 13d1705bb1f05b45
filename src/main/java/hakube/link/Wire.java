package hakube.link;

import hakube.api.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;

/** JSON to and from Core. Pure. */
final class Wire {

    private Wire() {}

    /** {@code null} values included. */
    static String text(Map<String, ?> fields) {
        return Json.wire().toJson(fields);
    }

    /** @throws CoreAway it is no JSON object */
    static JsonObject object(String text) throws CoreAway {
        try (JsonReader reader = jakarta.json.Json.createReader(new StringReader(text))) {
            JsonValue value = reader.readValue();
            if (value.getValueType() == JsonValue.ValueType.OBJECT) {
                return value.asJsonObject();
            }
        } catch (RuntimeException e) {
            // Also one of no kind at all, for what is nested too deeply.
            throw new CoreAway("Core answers in another language than JSON", e);
        }
        throw new CoreAway("Core answers in another form than expected");
    }
}
