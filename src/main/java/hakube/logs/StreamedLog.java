package hakube.logs;

import hakube.api.ApiFailure;
import java.io.BufferedOutputStream;
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

/** Entries as they come from their source, line by line; nothing is read ahead of the client. */
final class StreamedLog implements LogAnswer {

    private static final Logger LOG = Logger.getLogger(StreamedLog.class.getName());

    private static final int BUFFER = 1 << 13;

    private final Reading reading;
    private final LogQuery query;
    private final String identifier;
    private final Iterator<LogEntry> entries;
    private final Optional<LogEntry> first;

    /**
     * A log that is being read.
     *
     * @param entries whole, as far as the query needs it
     * @param host of the entry that was given last: its pod
     */
    record Reading(Closeable stream, Iterator<LogEntry> entries, Supplier<String> host) {}

    /**
     * Waits for the first entry, whose cursor stands in a header.
     *
     * @throws ApiFailure.BadRequest the stream broke before there was one; it is closed
     */
    StreamedLog(Reading reading, LogQuery query, String identifier) {
        this.reading = reading;
        this.query = query;
        this.identifier = identifier;
        try {
            this.entries = new LogWindow(reading.entries(), query);
            this.first = entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
        } catch (UncheckedIOException e) {
            close();
            throw new ApiFailure.BadRequest(
                    "The log cannot be read: " + e.getCause().getMessage(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Optional<String> firstCursor() {
        return first.map(entry -> entry.cursor(reading.host().get()));
    }

    @Override
    public void writeTo(OutputStream client) throws IOException {
        OutputStream buffer = new BufferedOutputStream(client, BUFFER);
        try (this) {
            if (first.isPresent()) {
                write(buffer, first.get());
            }
            while (entries.hasNext()) {
                write(buffer, entries.next());
            }
            buffer.flush();
        } catch (UncheckedIOException e) {
            // The source broke after lines were sent: the stream just ends, as upstream's does.
            LOG.log(Level.FINE, "A log broke while it was sent", e);
            buffer.flush();
        }
    }

    @Override
    public void close() {
        try {
            reading.stream().close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A log stream did not close", e);
        }
    }

    private void write(OutputStream client, LogEntry entry) throws IOException {
        String line = entry.text(query, reading.host().get(), identifier) + "\n";
        client.write(line.getBytes(StandardCharsets.UTF_8));
        if (query.follow()) {
            client.flush();
        }
    }
}
