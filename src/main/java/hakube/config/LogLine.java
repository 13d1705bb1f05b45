package hakube.config;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/**
 * One line a record: time in UTC, level, room, message. Line breaks of the message become blanks, so that no text from
 * elsewhere can pose as a record; the stack of a failure follows indented.
 */
public final class LogLine extends Formatter {

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder()
                .append(TIME.format(record.getInstant()))
                .append(' ')
                .append("%-8s".formatted(LogLevel.of(record.getLevel())))
                .append(' ')
                .append(room(record.getLoggerName()))
                .append(": ")
                .append(formatMessage(record).replaceAll("\\p{Cntrl}+", " ").strip())
                .append('\n');
        if (record.getThrown() != null) {
            StringWriter stack = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(stack));
            stack.toString()
                    .lines()
                    .forEach(each -> line.append("    ").append(each.strip()).append('\n'));
        }
        return line.toString();
    }

    /** {@code hakube.apps.Apps} is {@code apps}; of a library it is the last part of the name. */
    private static String room(String logger) {
        if (logger == null || logger.isEmpty()) {
            return "-";
        }
        List<String> parts = List.of(logger.split("\\.", -1));
        return parts.getFirst().equals("hakube") && parts.size() > 2 ? parts.get(1) : parts.getLast();
    }
}
