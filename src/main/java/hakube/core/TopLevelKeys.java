package hakube.core;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the keys of a YAML file's outermost map without parsing it: Core's configuration is full of tags of its own
 * ({@code !include}, {@code !secret}) that only Core understands.
 *
 * <p>A scanner of lines that knows just enough to tell a key from text that looks like one: comments, quoted texts over
 * several lines, block texts, flow collections.
 */
final class TopLevelKeys {

    private static final Pattern KEY =
            Pattern.compile("(?:[&!]\\S*\\s+)*(\"[^\"]*\"|'[^']*'|[^\\s#&*!|>%@`\"'\\[{-][^#]*?)\\s*:(\\s|$)");
    /** A key on a line of its own, its value on another; too rare to be understood. */
    private static final Pattern EXPLICIT_KEY = Pattern.compile("\\?(\\s|$)");

    private static final Pattern MARKER = Pattern.compile("(---|\\.\\.\\.)(\\s+(?!#)(\\S.*))?(\\s.*)?");
    private static final Pattern BLOCK_TEXT = Pattern.compile("[|>][+-]?[1-9]?[+-]?\\s*(#.*)?");

    /** Also as the three bytes that it is, where each was read as a character. */
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("^(\uFEFF|\u00EF\u00BB\u00BF)");

    private final Set<String> keys = new LinkedHashSet<>();
    private int indentation = -1;
    private boolean isMap = true;
    private boolean hasEnded;

    private char quote;
    private int flowDepth;
    private int textParent = -1;

    private TopLevelKeys() {}

    /** Scans a whole file. */
    static TopLevelKeys of(String text) {
        TopLevelKeys scan = new TopLevelKeys();
        String body = BYTE_ORDER_MARK.matcher(text).replaceFirst("");
        body.lines().forEach(scan::line);
        if (scan.quote != 0) {
            // A quote that never closes was none: rather see one key too many than write a second one of its name.
            body.lines().filter(line -> !line.isBlank()).forEach(scan::key);
        }
        return scan;
    }

    /** Whether the outermost map has that key. */
    boolean contains(String key) {
        return keys.contains(key);
    }

    /** Spaces in front of each key of the outermost map, 0 where there is none yet. */
    int indentation() {
        return Math.max(indentation, 0);
    }

    /** Whether a key can be appended: the file is empty or a map in block style, and one document. */
    boolean canGrow() {
        return isMap && !hasEnded && quote == 0 && flowDepth == 0;
    }

    private void line(String line) {
        int begin = indentationOf(line);
        if (quote == 0 && flowDepth == 0) {
            if (begin == line.length()) {
                return;
            }
            if (textParent >= 0 && begin > textParent) {
                return;
            }
            textParent = -1;
            if (line.charAt(begin) == '#' || isMarker(line)) {
                return;
            }
            if (indentation < 0) {
                indentation = begin;
                isMap = KEY.matcher(line).region(begin, line.length()).lookingAt();
            }
            key(line);
        }
        scan(line, begin);
    }

    private void key(String line) {
        int begin = indentationOf(line);
        Matcher key = KEY.matcher(line).region(begin, line.length());
        // Less than the first key's is no YAML; but rather one key too many.
        if (begin <= indentation() && key.lookingAt()) {
            keys.add(key.group(1).replaceAll("^[\"']|[\"']$", ""));
        }
        isMap &= !EXPLICIT_KEY.matcher(line).region(begin, line.length()).lookingAt();
    }

    /** Document markers and directives; {@code ---} in front of everything is fine, later it begins a second document. */
    private boolean isMarker(String line) {
        Matcher marker = MARKER.matcher(line);
        if (marker.matches()) {
            hasEnded |= indentation >= 0 || line.startsWith("...") || marker.group(3) != null;
            return true;
        }
        return line.startsWith("%");
    }

    /** Follows quotes, flow collections and the beginning of block texts through one line. */
    private void scan(String line, int begin) {
        boolean atToken = quote == 0;
        int parent = begin;
        for (int at = quote == 0 ? begin : 0; at < line.length(); at++) {
            char c = line.charAt(at);
            if (quote != 0) {
                if (quote == '"' && c == '\\') {
                    at++;
                } else if (c == quote) {
                    boolean isDoubled = quote == '\'' && at + 1 < line.length() && line.charAt(at + 1) == '\'';
                    if (isDoubled) {
                        at++;
                    } else {
                        quote = 0;
                    }
                }
            } else if (c == ' ' || c == '\t') {
                continue;
            } else if (c == '#' && (at == 0 || Character.isWhitespace(line.charAt(at - 1)))) {
                break;
            } else if (atToken && (c == '"' || c == '\'')) {
                quote = c;
                atToken = false;
            } else if ((atToken || flowDepth > 0) && (c == '[' || c == '{')) {
                flowDepth++;
                atToken = true;
            } else if (flowDepth > 0 && (c == ']' || c == '}')) {
                flowDepth--;
                atToken = false;
            } else if (flowDepth > 0 && c == ',') {
                atToken = true;
            } else if (atToken && flowDepth == 0 && isBlockText(line.substring(at))) {
                textParent = parent;
                return;
            } else if (atToken && c == '-' && endsToken(line, at + 1)) {
                parent = nextToken(line, at + 1);
            } else if (c == ':' && endsToken(line, at + 1)) {
                atToken = true;
            } else if (atToken && (c == '!' || c == '&')) {
                at = endOfToken(line, at) - 1;
            } else {
                atToken = false;
            }
        }
        if (!atToken && quote == 0 && flowDepth == 0) {
            // A value has begun: what is indented deeper than its key goes on with it.
            textParent = parent;
        }
    }

    private static boolean isBlockText(String rest) {
        return BLOCK_TEXT.matcher(rest).matches();
    }

    private static boolean endsToken(String line, int at) {
        return at >= line.length() || Character.isWhitespace(line.charAt(at));
    }

    private static int endOfToken(String line, int at) {
        int end = at;
        while (!endsToken(line, end)) {
            end++;
        }
        return end;
    }

    /** Column of what follows a dash when that is a key; a text directly behind the dash hangs on the dash itself. */
    private static int nextToken(String line, int at) {
        int next = at;
        while (next < line.length() && Character.isWhitespace(line.charAt(next))) {
            next++;
        }
        boolean isText = next >= line.length() || isBlockText(line.substring(next));
        return isText ? at - 1 : next;
    }

    private static int indentationOf(String line) {
        int begin = 0;
        while (begin < line.length() && line.charAt(begin) == ' ') {
            begin++;
        }
        return begin;
    }
}
