package hakube.api;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;

/** The JSON of a request. */
public final class JsonText {

    /** A text of this length cannot hold more values than memory for. */
    private static final int SMALL = 64 * 1024;

    private static final int MOST_PARTS = 100_000;

    private JsonText() {}

    /**
     * The one value that a text holds; an empty text counts as {@code {}}.
     *
     * @throws ApiFailure.BadRequest {@code Invalid json}, also for what is nested deeper than 1,000 levels, for a number of
     *     more than 1,100 digits, and for more than 100,000 keys, values and brackets, which would take 50 times the memory of
     *     their text
     */
    public static JsonValue parse(String text) {
        if (text == null || text.isBlank()) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            if (text.length() > SMALL) {
                requireFew(text);
            }
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

    private static void requireFew(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            for (int parts = 0; parser.hasNext(); parts++) {
                parser.next();
                if (parts > MOST_PARTS) {
                    throw new ApiFailure.BadRequest("Invalid json");
                }
            }
        }
    }
}
