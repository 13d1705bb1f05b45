package hakube.logs;

import hakube.api.ApiFailure;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A log on its way to a client; line by line, as fast as the client reads. */
final class LogAnswer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LogAnswer.class.getName());

    private final Closeable stream;
    private final Iterator<LogEntry> entries;
    private final LogQuery query;
    private final Supplier<String> pod;
    private final LogSource source;
    private final Optional<LogEntry> first;

    /**
     * Waits for the first entry, whose cursor stands in a header.
     *
     * @param log whole, as far as the query needs it
     * @param pod of the entry that was given last
     * @throws ApiFailure.BadRequest the stream broke before there was one
     */
    LogAnswer(Closeable stream, Iterator<LogEntry> log, LogQuery query, Supplier<String> pod, LogSource source) {
        this.stream = stream;
        this.query = query;
        this.pod = pod;
        this.source = source;
        try {
            this.entries = new LogWindow(log, query);
            this.first = entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        } catch (UncheckedIOException e) {
            closeQuietly();
            throw new ApiFailure.BadRequest(
                    "The log cannot be read: " + e.getCause().getMessage(), e);
        }
    }

    /** Cursor of the first entry, empty when there is none. */
    Optional<String> firstCursor() {
        return first.map(entry -> entry.cursor(pod.get()));
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

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A log stream did not close", e);
        }
    }

    private void write(OutputStream client, LogEntry entry) throws IOException {
        client.write((entry.text(query, pod.get(), source.identifier()) + "\n").getBytes(StandardCharsets.UTF_8));
        if (query.follow()) {
            client.flush();
        }
    }
}
