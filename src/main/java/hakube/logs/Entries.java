package hakube.logs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Entries of a log stream as they arrive; lines without a time belong to the entry before them and are given as one more. A
 * line ends with a line feed and nothing else; what is no UTF-8 is replaced.
 */
final class Entries implements Iterator<LogEntry> {

    /** The kubelet joins what a program wrote without a line end; nobody may make the Supervisor hold all of it. */
    private static final int LONGEST_LINE = 1 << 18;

    private final Reader reader;
    private Optional<LogEntry> last = Optional.empty();
    private Optional<LogEntry> next = Optional.empty();

    Entries(InputStream stream) {
        this.reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }

    @Override
    public boolean hasNext() {
        if (next.isEmpty()) {
            next = read();
        }
        return next.isPresent();
    }

    /** Whether the next one was read already, and is there without any waiting. */
    boolean isRead() {
        return next.isPresent();
    }

    /** The entry that comes next, which must be there. */
    LogEntry peek() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return next.get();
    }

    @Override
    public LogEntry next() {
        LogEntry entry = peek();
        last = next;
        next = Optional.empty();
        return entry;
    }

    private Optional<LogEntry> read() {
        try {
            String line = line();
            if (line == null) {
                return Optional.empty();
            }
            Optional<LogEntry> entry = LogEntry.parse(line, last);
            if (entry.isPresent()) {
                return entry;
            }
            return last.map(before -> new LogEntry(before.time(), before.index() + 1, line));
        } catch (IOException e) {
            throw new UncheckedIOException("The log stream broke", e);
        }
    }

    /** One line, or so much of it as is held; null at the end. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c != '\n'; c = reader.read()) {
            if (c < 0) {
                return line.isEmpty() ? null : line.toString();
            }
            line.append((char) c);
            if (line.length() == LONGEST_LINE) {
                break;
            }
        }
        return line.toString();
    }
}
