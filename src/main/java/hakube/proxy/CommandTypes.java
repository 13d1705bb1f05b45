package hakube.proxy;

import java.util.BitSet;
import java.util.function.Predicate;

/**
 * Looks at the values of all keys {@code type} of the outermost objects in a JSON text: all of them, since parsers disagree about which of
 * two equal keys counts. It reads every text that any parser takes, whatever its depth and its numbers; what it finds in others does not
 * matter. Pure.
 */
final class CommandTypes {

    private static final String KEY = "type";

    private final String text;
    private final Predicate<String> wanted;
    private boolean isFound;
    /** What is open: set for an object, not set for an array. */
    private final BitSet open = new BitSet();

    private int depth;
    private int objects;

    private CommandTypes(String text, Predicate<String> wanted) {
        this.text = text;
        this.wanted = wanted;
    }

    /** Whether one of them is such a one. */
    static boolean hasOne(String text, Predicate<String> wanted) {
        CommandTypes types = new CommandTypes(text, wanted);
        types.scan();
        return types.isFound;
    }

    private void scan() {
        int at = 0;
        while (at < text.length() && !isFound) {
            switch (text.charAt(at)) {
                case '{' -> enter(true);
                case '[' -> enter(false);
                case '}', ']' -> leave();
                case '"' -> at = string(at);
                default -> {}
            }
            at++;
        }
    }

    private void enter(boolean isObject) {
        open.set(depth++, isObject);
        objects += isObject ? 1 : 0;
    }

    private void leave() {
        if (depth > 0) {
            depth--;
            objects -= open.get(depth) ? 1 : 0;
        }
    }

    /** Takes a string that begins there, and what follows it where it is the key. @return the last character that was taken */
    private int string(int begin) {
        int end = end(begin);
        int colon = afterSpace(end + 1);
        boolean isOutermostKey =
                objects == 1 && depth > 0 && open.get(depth - 1) && colon < text.length() && text.charAt(colon) == ':';
        if (!isOutermostKey || !value(begin, end).equals(KEY)) {
            return end;
        }
        int value = afterSpace(colon + 1);
        if (value >= text.length() || text.charAt(value) != '"') {
            return colon;
        }
        int last = end(value);
        isFound = wanted.test(value(value, last));
        return last;
    }

    /** Where the closing quote is. */
    private int end(int begin) {
        int at = begin + 1;
        while (at < text.length() && text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return at;
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }

    private String value(int begin, int end) {
        String raw = text.substring(begin + 1, Math.min(end, text.length()));
        if (raw.indexOf('\\') < 0) {
            return raw;
        }
        StringBuilder value = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            boolean isEscape = raw.charAt(i) == '\\' && i + 1 < raw.length();
            boolean isNumber = isEscape && raw.charAt(i + 1) == 'u' && i + 5 < raw.length();
            value.append(isNumber ? number(raw, i + 2) : isEscape ? raw.charAt(i + 1) : raw.charAt(i));
            i += isNumber ? 5 : isEscape ? 1 : 0;
        }
        return value.toString();
    }

    private static char number(String raw, int at) {
        int number = 0;
        for (int i = at; i < at + 4; i++) {
            number = number * 16 + Math.max(0, Character.digit(raw.charAt(i), 16));
        }
        return (char) number;
    }
}
