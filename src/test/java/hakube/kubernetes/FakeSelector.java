package hakube.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;

/** Label selectors of the form {@code a=b,c!=d,e,!f}. */
final class FakeSelector {

    private FakeSelector() {}

    static boolean matches(String selector, JsonObject object) {
        JsonElement found = object.getAsJsonObject("metadata").get("labels");
        JsonObject labels = found == null ? new JsonObject() : found.getAsJsonObject();
        return Arrays.stream(selector.split(",", -1))
                .filter(term -> !term.isBlank())
                .allMatch(term -> meets(term.strip(), labels));
    }

    private static boolean meets(String term, JsonObject labels) {
        if (term.startsWith("!")) {
            return !labels.has(term.substring(1));
        }
        int equals = term.indexOf('=');
        if (equals < 0) {
            return labels.has(term);
        }
        String value = term.substring(term.lastIndexOf('=') + 1);
        boolean differs = term.charAt(equals - 1) == '!';
        String key = term.substring(0, differs ? equals - 1 : equals);
        boolean isEqual = labels.has(key) && labels.get(key).getAsString().equals(value);
        return isEqual != differs;
    }
}
