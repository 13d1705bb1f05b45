package hakube.logs;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a log; what {@link LogEntry#cursor} writes.
 *
 * @param nanos nanoseconds since the epoch
 * @param index among entries of the same time, from 0
 */
record LogCursor(long nanos, int index) {

    private static final Pattern FORM = Pattern.compile("s=[^;]*;t=(\\d{1,18}|[1-8]\\d{18});n=(\\d{1,9})");

    /** Empty for a text of another form. */
    static Optional<LogCursor> parse(String text) {
        Matcher parts = FORM.matcher(text);
        return parts.matches()
                ? Optional.of(new LogCursor(Long.parseLong(parts.group(1)), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    /** Whether an entry is the one meant, or a later one. */
    boolean isReachedBy(LogEntry entry) {
        return entry.nanos() > nanos || (entry.nanos() == nanos && entry.index() >= index);
    }
}
