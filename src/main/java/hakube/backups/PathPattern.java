package hakube.backups;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A pattern for paths as Python's {@code pathlib} reads it: {@code *}, {@code ?} and {@code [...]} stay within one segment. Pure.
 *
 * @param segments from left to right
 */
record PathPattern(boolean isAbsolute, List<Pattern> segments) {

    /** Any number of segments, where {@link #fits} asks; else a star. */
    private static final String ANY_DEPTH = "**";

    private static final Pattern DEEP = Pattern.compile(Pattern.quote(ANY_DEPTH));

    PathPattern {
        segments = List.copyOf(segments);
    }

    static PathPattern of(String text) {
        return new PathPattern(
                text.startsWith("/"),
                Stream.of(text.split("/"))
                        .filter(segment -> !segment.isEmpty() && !segment.equals("."))
                        .map(segment -> segment.equals(ANY_DEPTH) ? DEEP : segment(segment))
                        .toList());
    }

    /** Whether the whole path fits ({@code PurePath.full_match}). */
    boolean fits(Path relative) {
        return fits(names(relative), 0, 0);
    }

    /** Whether the end of the path fits, or, for an absolute pattern, all of it ({@code PurePath.match}). */
    boolean fitsEndOf(Path absolute) {
        List<String> names = names(absolute);
        int first = names.size() - segments.size();
        if (segments.isEmpty() || first < 0 || isAbsolute && first > 0) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            Pattern segment = segments.get(i);
            if (segment != DEEP && !segment.matcher(names.get(first + i)).matches()) {
                return false;
            }
        }
        return true;
    }

    private boolean fits(List<String> names, int name, int segment) {
        if (segment == segments.size()) {
            return name == names.size();
        }
        Pattern wanted = segments.get(segment);
        if (wanted == DEEP) {
            return fits(names, name, segment + 1) || name < names.size() && fits(names, name + 1, segment);
        }
        return name < names.size() && wanted.matcher(names.get(name)).matches() && fits(names, name + 1, segment + 1);
    }

    private static List<String> names(Path path) {
        List<String> names = new ArrayList<>();
        path.forEach(name -> names.add(name.toString()));
        return names;
    }

    private static Pattern segment(String text) {
        StringBuilder regex = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char next = text.charAt(at++);
            int close = next == '[' ? endOfSet(text, at) : -1;
            if (close >= 0) {
                regex.append(set(text.substring(at, close)));
                at = close + 1;
            } else {
                regex.append(
                        switch (next) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(String.valueOf(next));
                        });
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** A bracket that closes at once is one of the set. */
    private static int endOfSet(String text, int from) {
        int first = from < text.length() && text.charAt(from) == '!' ? from + 1 : from;
        return text.indexOf(']', first + 1);
    }

    private static String set(String inside) {
        boolean isNegated = inside.startsWith("!");
        String members = (isNegated ? inside.substring(1) : inside).replaceAll("[\\[\\]\\\\^&~|]", "\\\\$0");
        return isNegated ? "[^" + members + "]" : "[" + members + "]";
    }
}
