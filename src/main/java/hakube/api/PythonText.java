package hakube.api;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes values the way Python shows them, which upstream's messages do: cut off after {@value #LONGEST} characters. */
final class PythonText {

    private static final int LONGEST = 500;
    private static final String REST = "...";

    private PythonText() {}

    static String of(JsonValue value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return shortened(text.toString());
    }

    /** Stops when there is enough. */
    private static void write(JsonValue value, StringBuilder text) {
        switch (value) {
            case JsonString string -> text.append(of(string.getString()));
            case JsonNumber number -> text.append(number);
            case JsonArray list -> {
                text.append('[');
                String separator = "";
                for (JsonValue item : list) {
                    if (text.length() > LONGEST) {
                        return;
                    }
                    write(item, text.append(separator));
                    separator = ", ";
                }
                text.append(']');
            }
            case JsonObject map -> {
                text.append('{');
                String separator = "";
                for (Map.Entry<String, JsonValue> entry : map.entrySet()) {
                    if (text.length() > LONGEST) {
                        return;
                    }
                    write(
                            entry.getValue(),
                            text.append(separator).append(of(entry.getKey())).append(": "));
                    separator = ", ";
                }
                text.append('}');
            }
            default ->
                text.append(
                        switch (value.getValueType()) {
                            case TRUE -> "True";
                            case FALSE -> "False";
                            default -> "None";
                        });
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST - REST.length()) + REST : text;
    }

    static String of(String whole) {
        String text = shortened(whole);
        boolean prefersDouble = text.contains("'") && !text.contains("\"");
        char quote = prefersDouble ? '"' : '\'';
        StringBuilder escaped = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> escape(c, quote, escaped));
        return escaped.append(quote).toString();
    }

    private static void escape(int character, char quote, StringBuilder text) {
        switch (character) {
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                if (Character.isISOControl(character)) {
                    text.append("\\x%02x".formatted(character));
                } else {
                    text.append(character == quote ? "\\" : "").appendCodePoint(character);
                }
            }
        }
    }

    static String list(List<String> words) {
        return words.stream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** How a value out of an enumeration is asked for. */
    static String choice(String type, List<String> words) {
        String list = list(words);
        return "expected " + type + " or one of " + list.substring(1, list.length() - 1);
    }
}
