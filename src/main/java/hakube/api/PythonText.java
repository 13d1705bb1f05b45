package hakube.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/** Writes values the way Python shows them, which upstream's messages do. */
final class PythonText {

    private PythonText() {}

    static String of(JsonValue value) {
        return switch (value) {
            case JsonString text -> of(text.getString());
            case JsonNumber number -> number.toString();
            case JsonArray list -> list.stream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
            case JsonObject map ->
                map.entrySet().stream()
                        .map(entry -> of(entry.getKey()) + ": " + of(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default ->
                switch (value.getValueType()) {
                    case TRUE -> "True";
                    case FALSE -> "False";
                    default -> "None";
                };
        };
    }

    static String of(String text) {
        boolean prefersDouble = text.contains("'") && !text.contains("\"");
        char quote = prefersDouble ? '"' : '\'';
        String escaped = text.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
        return quote + (prefersDouble ? escaped : escaped.replace("'", "\\'")) + quote;
    }

    static String list(List<String> words) {
        return words.stream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
    }
}
