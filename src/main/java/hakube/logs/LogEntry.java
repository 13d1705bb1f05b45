package hakube.logs;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a log.
 *
 * @param time when the container wrote it
 * @param index among entries of the same time, from 0
 */
record LogEntry(Instant time, int index, String message) {

    private static final DateTimeFormatter VERBOSE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

    /** Reads {@code <RFC 3339 with nanoseconds> <message>}; empty when the line does not begin with a time. */
    static Optional<LogEntry> parse(String line, Optional<LogEntry> before) {
        int blank = line.indexOf(' ');
        String time = blank < 0 ? line : line.substring(0, blank);
        try {
            Instant at = OffsetDateTime.parse(time).toInstant();
            int index = before.filter(entry -> entry.time.equals(at))
                    .map(entry -> entry.index + 1)
                    .orElse(0);
            return Optional.of(new LogEntry(at, index, blank < 0 ? "" : line.substring(blank + 1)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Opaque to clients, without colons, the same whenever the entry is read again. */
    String cursor(String pod) {
        return "s=" + pod + ";t=" + nanos() + ";n=" + index;
    }

    /** Nanoseconds since the epoch. */
    long nanos() {
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
    }

    /** Whether it comes later in its log than another entry. */
    boolean isAfter(LogEntry other) {
        int order = time.compareTo(other.time);
        return order == 0 ? index > other.index : order > 0;
    }

    /** As a client reads it: the message, or in verbose form time, host and identifier before it. */
    String text(LogQuery query, String host, String identifier) {
        String shown = query.withoutColours() ? COLOURS.matcher(message).replaceAll("") : message;
        return query.verbose() ? VERBOSE.format(time) + " " + host + " " + identifier + ": " + shown : shown;
    }
}
