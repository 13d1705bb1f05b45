package hakube.api;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;

/** The JSON of a request. */
public final class JsonText {

    private JsonText() {}

    /**
     * The one value that a text holds; an empty text counts as {@code {}}.
     *
     * @throws ApiFailure.BadRequest {@code Invalid json}, also for what is nested deeper than 1,000 levels and for a number of
     *     more than 1,100 digits
     */
    public static JsonValue parse(String text) {
        if (text == null || text.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            parser.next();
            JsonValue value = parser.getValue();
            if (parser.hasNext()) {
                throw new ApiFailure.BadRequest("Invalid json");
            }
            return value;
        } catch (ApiFailure e) {
            throw e;
        } catch (RuntimeException e) {
            // For its limits the parser (Parsson 1.1) has no exception of JSON's own, just this plain one and others.
            throw new ApiFailure.BadRequest("Invalid json", e);
        }
    }
}
