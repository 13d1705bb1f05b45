package hakube.archive;

import java.util.stream.Collectors;

/** Texts from archives and names of files as a line of the log may hold them: whoever wrote them may mean to harm who reads it. */
public final class ForLog {

    /** In characters, escapes included. */
    public static final int LONGEST = 500;

    private ForLog() {}

    /** Without control characters, which are escaped, as are those that turn the direction of what follows; cut where it is long. */
    public static String of(String text) {
        String start = text.substring(0, Math.min(text.length(), LONGEST));
        String escaped = start.codePoints().mapToObj(ForLog::shown).collect(Collectors.joining());
        return text.length() > LONGEST || escaped.length() > LONGEST
                ? escaped.substring(0, Math.min(escaped.length(), LONGEST)) + "..."
                : escaped;
    }

    private static String shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> "\\u%04x".formatted(character);
            default -> Character.toString(character);
        };
    }
}
