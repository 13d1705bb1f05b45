package hakube.logs;

import hakube.api.ApiFailure;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lines, and how they are shown (upstream {@code supervisor/api/host.py}, {@code advanced_logs_handler}, 2026-08).
 *
 * @param follow go on with what is logged later
 * @param previous of the container's run before this one
 */
record LogQuery(Selection selection, boolean verbose, boolean withoutColours, boolean follow, boolean previous) {

    private static final int DEFAULT_LINES = 100;
    private static final int LEAST_LINES = 2;
    private static final List<String> TYPES = List.of("*/*", "text/plain", "text/x-log");
    private static final Pattern RANGE = Pattern.compile("entries=([^:]*)(?::(-?\\d{1,18})?(?::(\\d{1,20})?:?)?)?");

    /** Which entries of the whole. */
    sealed interface Selection {
        /** The last {@code count}. */
        record Last(long count) implements Selection {}

        /** All. */
        record All() implements Selection {}

        /** From the oldest: skip some, give at most {@code limit}. */
        record FromOldest(long skip, long limit) implements Selection {}

        /** {@code skip} (negative: entries before the newest), at most {@code limit}. */
        record FromNewest(long skip, long limit) implements Selection {}

        /** Relative to the entry of a cursor. */
        record FromCursor(String cursor, long skip, long limit) implements Selection {}
    }

    /**
     * Reads what a client asked.
     *
     * @param accept the header, may be null
     * @param lines the query parameter, may be null
     * @param range the header, may be null
     * @param latest the route {@code /latest}: all of the container's run, without colours
     * @throws ApiFailure.BadRequest the content type or the range cannot be served
     */
    static LogQuery of(
            String accept,
            String lines,
            String range,
            boolean verboseAsked,
            boolean noColours,
            boolean latest,
            boolean follow,
            boolean previous) {
        boolean verbose = verboseAsked || isVerboseType(accept);
        Selection selection;
        if (lines != null) {
            selection = new Selection.Last(count(lines));
        } else if (latest) {
            selection = new Selection.All();
        } else if (range != null) {
            selection = parseRange(range);
        } else {
            selection = new Selection.Last(DEFAULT_LINES);
        }
        return new LogQuery(selection, verbose, noColours || latest, follow, previous);
    }

    /** So many entries from the end are enough to answer, -1 for all. */
    long tailLines() {
        return switch (selection) {
            case Selection.Last last -> last.count();
            case Selection.FromNewest newest -> -newest.skip() + 1;
            case Selection.All ignored -> -1;
            case Selection.FromOldest ignored -> -1;
            case Selection.FromCursor ignored -> -1;
        };
    }

    /** Entries from this time on are enough to answer, nanoseconds since the epoch, -1 for all. */
    long sinceNanos() {
        return selection instanceof Selection.FromCursor at && at.skip() >= 0
                ? LogCursor.parse(at.cursor()).map(LogCursor::nanos).orElse(-1L)
                : -1;
    }

    private static boolean isVerboseType(String accept) {
        if (accept == null || accept.isBlank()) {
            return false;
        }
        List<String> asked = List.of(accept.toLowerCase(Locale.ROOT).split("\\s*,\\s*", -1)).stream()
                .map(type -> type.replaceAll(";.*", "").strip())
                .toList();
        if (asked.stream().noneMatch(TYPES::contains)) {
            throw new ApiFailure.BadRequest(
                    "Invalid content type requested. Only text/plain and text/x-log supported for now.");
        }
        return asked.contains("text/x-log");
    }

    private static long count(String lines) {
        try {
            return Math.max(LEAST_LINES, Integer.parseInt(lines.strip()));
        } catch (NumberFormatException e) {
            return DEFAULT_LINES;
        }
    }

    private static Selection parseRange(String range) {
        Matcher parts = RANGE.matcher(range.strip());
        if (!parts.matches()) {
            throw new ApiFailure.BadRequest("Invalid range header: " + range);
        }
        long skip = Optional.ofNullable(parts.group(2)).map(Long::parseLong).orElse(0L);
        long limit = Optional.ofNullable(parts.group(3)).map(LogQuery::limit).orElse(Long.MAX_VALUE);
        if (!parts.group(1).isEmpty()) {
            return new Selection.FromCursor(parts.group(1), skip, limit);
        }
        return skip < 0 ? new Selection.FromNewest(skip, limit) : new Selection.FromOldest(skip, limit);
    }

    private static long limit(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
