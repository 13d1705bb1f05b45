package hakube.access;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key of the JSON map that a row of the table takes. Notation: {@code name:type!} must be there, {@code type?} may be null,
 * {@code type=default}, {@code a=>b} name in v1 and v2, {@code [T]} list, <code>{…}</code> map.
 *
 * @param type what is written there, without these marks
 */
record RequestField(String name, String type, boolean isRequired) {

    private static final Pattern FIELD =
            Pattern.compile("([a-z_0-9]+)(?:=>([a-z]+))?:(.*?)(\\?)?(!)?(=[^\\[]*)?(\\([^)]*\\))?(\\[v1])?");

    /** In the row's own order; none where it takes no map of known keys. */
    static List<RequestField> of(RouteRow row) {
        String request = row.endpoint().request();
        List<RequestField> fields = new ArrayList<>();
        if (request.matches("(raw|multipart|ws |header |\\?|\\{|any |-).*")) {
            return fields;
        }
        for (String part : parts(request)) {
            Matcher field = FIELD.matcher(part);
            if (!field.matches()) {
                throw new IllegalArgumentException("not understood in " + row + ": " + part);
            }
            boolean isInVersion = field.group(8) == null || !row.isV2();
            if (isInVersion) {
                String name = row.isV2() && field.group(2) != null ? field.group(2) : field.group(1);
                fields.add(new RequestField(name, field.group(3), field.group(5) != null));
            }
        }
        return fields;
    }

    /** A value that no reading makes fit. */
    String wrongValue() {
        return type.startsWith("{") || type.startsWith("[") || type.equals("object")
                ? "5"
                : switch (type) {
                    case "bool" -> "\"maybe\"";
                    case "int", "float" -> "\"many\"";
                    default -> "{\"wrong\": 1}";
                };
    }

    /** Split at commas, but not at those inside of a type. */
    private static List<String> parts(String request) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < request.length(); i++) {
            switch (request.charAt(i)) {
                case '{', '[', '(' -> depth++;
                case '}', ']', ')' -> depth--;
                case ',' -> {
                    if (depth == 0) {
                        parts.add(request.substring(begin, i));
                        begin = i + 1;
                    }
                }
                default -> {
                    // Part of a name or type.
                }
            }
        }
        parts.add(request.substring(begin));
        return parts;
    }
}
