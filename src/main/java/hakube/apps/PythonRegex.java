package hakube.apps;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Regular expressions of Python's dialect, in which manifests write {@code match(…)}. Matched against a value from its
 * start, as {@code re.match} does, with a limit on the work: expression and value are both foreign input.
 */
final class PythonRegex {

    /** Characters that may be looked at; a harmless expression needs a few for each character of its value. */
    private static final int MOST_LOOKS = 5_000_000;

    private final Pattern pattern;

    private PythonRegex(Pattern pattern) {
        this.pattern = pattern;
    }

    /** @throws PatternSyntaxException for what is no expression, or one of the few that Java does not know */
    static PythonRegex compile(String expression) {
        try {
            return new PythonRegex(Pattern.compile(
                    translated(expression),
                    Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNICODE_CASE));
        } catch (StackOverflowError e) {
            throw new PatternSyntaxException("nested too deep", expression, -1);
        }
    }

    /**
     * Whether the value matches from its start on; its end may be left over.
     *
     * @throws Exhausted when that is not decided with a bearable effort
     */
    boolean matchesStart(String value) throws Exhausted {
        try {
            return pattern.matcher(new Counted(value)).lookingAt();
        } catch (TooManyLooks | StackOverflowError e) {
            throw new Exhausted();
        }
    }

    /** The expression takes too long for this value. */
    static final class Exhausted extends Exception {
        private static final long serialVersionUID = 1L;

        Exhausted() {
            super(null, null, false, false);
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManyLooks() {
            super(null, null, false, false);
        }
    }

    /** Ends a search that backtracks for ever: the matcher asks here for every character. */
    private static final class Counted implements CharSequence {

        private final String text;
        private int looks;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            looks++;
            if (looks > MOST_LOOKS) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** What the two dialects write differently; all else means the same in both. */
    private static String translated(String expression) {
        StringBuilder java = new StringBuilder();
        boolean inClass = false;
        int i = 0;
        while (i < expression.length()) {
            char c = expression.charAt(i);
            String rest = expression.substring(i, Math.min(expression.length(), i + 4));
            if (c == '\\' && i + 1 < expression.length()) {
                char escaped = expression.charAt(i + 1);
                java.append(!inClass && escaped == 'Z' ? "\\z" : "\\" + escaped);
                i += 2;
            } else if (inClass) {
                // Java alone knows sets in sets, and their intersection.
                java.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
                inClass = c != ']';
                i++;
            } else if (c == '[') {
                int first = rest.startsWith("[^") ? 2 : 1;
                java.append(expression, i, i + first);
                i += first;
                // A bracket that comes first is a member, not the end.
                if (i < expression.length() && expression.charAt(i) == ']') {
                    java.append("\\]");
                    i++;
                }
                inClass = true;
            } else if (rest.startsWith("(?#")) {
                int end = expression.indexOf(')', i);
                i = end < 0 ? expression.length() : end + 1;
            } else if (rest.startsWith("(?P<") || rest.startsWith("(?P=")) {
                boolean definition = rest.endsWith("<");
                int end = expression.indexOf(definition ? '>' : ')', i);
                if (end < 0) {
                    throw new PatternSyntaxException("a name has no end", expression, i);
                }
                // Java's names of groups have letters and digits only.
                String name = "n" + expression.substring(i + 4, end).replace("_", "Z95Z");
                java.append(definition ? "(?<" : "\\k<").append(name).append('>');
                i = end + 1;
            } else if (c == '{') {
                int end = expression.indexOf('}', i);
                String bounds = end < 0 ? "" : expression.substring(i + 1, end);
                if (bounds.matches("[0-9]*,[0-9]*")) {
                    java.append('{')
                            .append(bounds.startsWith(",") ? "0" : "")
                            .append(bounds)
                            .append('}');
                    i = end + 1;
                } else {
                    java.append(bounds.matches("[0-9]+") ? "{" : "\\{");
                    i++;
                }
            } else {
                java.append(c);
                i++;
            }
        }
        return java.toString();
    }
}
