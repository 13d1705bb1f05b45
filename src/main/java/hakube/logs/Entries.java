package hakube.logs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Entries of a log stream as they arrive; lines without a time belong to the entry before them and are given as one more. */
final class Entries implements Iterator<LogEntry> {

    private final BufferedReader reader;
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

    @Override
    public LogEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        last = next;
        next = Optional.empty();
        return last.get();
    }

    private Optional<LogEntry> read() {
        try {
            String line = reader.readLine();
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
}
