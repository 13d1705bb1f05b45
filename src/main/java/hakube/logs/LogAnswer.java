package hakube.logs;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/** A log on its way to a client; line by line, as fast as the client reads. */
final class LogAnswer implements AutoCloseable {

    private final InputStream stream;
    private final Iterator<LogEntry> entries;
    private final LogQuery query;
    private final String pod;
    private final LogSource source;
    private final Optional<LogEntry> first;

    LogAnswer(InputStream stream, Iterator<LogEntry> entries, LogQuery query, String pod, LogSource source) {
        this.stream = stream;
        this.entries = entries;
        this.query = query;
        this.pod = pod;
        this.source = source;
        this.first = entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }

    /** Cursor of the first entry, empty when there is none. */
    Optional<String> firstCursor() {
        return first.map(entry -> entry.cursor(pod));
    }

    /** Writes all entries and closes the source; a client that goes away ends it too. */
    void writeTo(OutputStream client) throws IOException {
        try (this) {
            if (first.isPresent()) {
                write(client, first.get());
            }
            while (entries.hasNext()) {
                write(client, entries.next());
            }
        } catch (UncheckedIOException e) {
            // The source broke after lines were sent: the stream just ends, as upstream's does.
            client.flush();
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void write(OutputStream client, LogEntry entry) throws IOException {
        client.write((entry.text(query, pod, source.identifier()) + "\n").getBytes(StandardCharsets.UTF_8));
        if (query.follow()) {
            client.flush();
        }
    }
}
