package hakube.apps;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a client reads of the resolution centre, and does there. */
record OpenIssues(AppHouse house) {

    /** Type and reference of each. */
    List<String> types() {
        return listed("issues")
                .map(issue -> issue.getString("type") + " " + issue.getString("reference", null))
                .toList();
    }

    /** The first of that type. */
    JsonObject issue(String type) {
        return listed("issues").filter(issue -> isOf(type, issue)).findFirst().orElseThrow();
    }

    /** Types of what is suggested for it. */
    List<String> suggestions(JsonObject issue) {
        return suggested(issue).map(suggestion -> suggestion.getString("type")).toList();
    }

    String uuidOf(JsonObject issue, String suggestion) {
        return suggested(issue)
                .filter(one -> isOf(suggestion, one))
                .findFirst()
                .orElseThrow()
                .getString("uuid");
    }

    /** The first that is about {@code reference}. */
    String suggestionOf(String reference) {
        return listed("suggestions")
                .filter(suggestion -> Objects.equals(suggestion.getString("reference", null), reference))
                .findFirst()
                .orElseThrow()
                .getString("uuid");
    }

    /** Applies what is suggested for the first issue of that type. */
    void apply(String issue, String suggestion) {
        house.post("/resolution/suggestion/" + uuidOf(issue(issue), suggestion), "")
                .data();
    }

    private Stream<JsonObject> listed(String what) {
        return objects(house.data("/resolution/info").getJsonArray(what));
    }

    private Stream<JsonObject> suggested(JsonObject issue) {
        return objects(house.data("/resolution/issue/" + issue.getString("uuid") + "/suggestions")
                .getJsonArray("suggestions"));
    }

    private static Stream<JsonObject> objects(JsonArray all) {
        return all.stream().map(JsonValue::asJsonObject);
    }

    private static boolean isOf(String type, JsonObject one) {
        return one.getString("type").equals(type);
    }
}
