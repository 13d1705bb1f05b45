package hakube.logs;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A workload's log as it grows, from one run of its container to the next, as upstream's journal does. A stream ends with its
 * container, and now and then for no reason; both are waited out here.
 */
final class FollowedLog implements Iterator<LogEntry>, Closeable {

    private static final Logger LOG = Logger.getLogger(FollowedLog.class.getName());

    /** A client that left is noticed at the next entry only: without this, a silent workload would be followed for ever. */
    private static final int MOST_SILENT_STREAMS = 3;

    private final Cluster cluster;
    private final LogSource source;
    private final long tail;
    private final Patience patience;

    private Optional<LogRun> run = Optional.empty();
    private Optional<LogEntry> last = Optional.empty();
    private InputStream stream = InputStream.nullInputStream();
    private Entries entries = new Entries(stream);
    private boolean isFirstOfRun = true;
    private int silentStreams;
    private boolean isClosed;

    /**
     * How long is waited.
     *
     * @param forRun for a container that begins
     * @param forEnd for word that a container has ended whose stream did
     */
    record Patience(Duration forRun, Duration forEnd) {
        static final Patience USUAL = new Patience(Duration.ofHours(1), Duration.ofSeconds(5));
    }

    /** @param tail entries of the present run to begin with, -1 for all */
    FollowedLog(Cluster cluster, LogSource source, long tail, Patience patience) {
        this.cluster = cluster;
        this.source = source;
        this.tail = tail;
        this.patience = patience;
    }

    /** Pod of the entry that was given last. */
    String pod() {
        return run.map(LogRun::pod).orElse("");
    }

    @Override
    public boolean hasNext() {
        while (!isClosed) {
            if (skipsToNew()) {
                return true;
            }
            if (!openNext()) {
                return false;
            }
        }
        return false;
    }

    @Override
    public LogEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        silentStreams = 0;
        LogEntry entry = entries.next();
        last = Optional.of(entry);
        return entry;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        stream.close();
    }

    /** Passes over what was given before the stream was cut; false at its end. */
    private boolean skipsToNew() {
        try {
            while (entries.hasNext()) {
                if (isFirstOfRun || last.isEmpty() || entries.peek().isAfter(last.get())) {
                    return true;
                }
                entries.next();
            }
        } catch (UncheckedIOException broken) {
            LOG.log(Level.FINE, "A followed log broke", broken);
        }
        return false;
    }

    private boolean openNext() {
        closeQuietly();
        Optional<LogRun> before = run;
        Optional<LogRun> other = before.isPresent() ? await(before, patience.forEnd()) : Optional.empty();
        if (other.isEmpty() && before.isPresent() && isStill(before.get())) {
            if (++silentStreams > MOST_SILENT_STREAMS) {
                return false;
            }
            long since = last.map(LogEntry::nanos).orElse(-1L);
            isFirstOfRun = last.isEmpty();
            return open(before.get(), last.isEmpty() ? tail : -1, since);
        }
        Optional<LogRun> next = other.isPresent() ? other : await(before, patience.forRun());
        isFirstOfRun = true;
        return next.isPresent() && open(next.get(), before.isEmpty() ? tail : -1, -1);
    }

    private boolean open(LogRun wanted, long tailLines, long sinceNanos) {
        run = Optional.of(wanted);
        stream = InputStream.nullInputStream();
        entries = new Entries(stream);
        try {
            stream = cluster.log(
                    wanted.pod(), new Cluster.LogRequest(source.container(), tailLines, sinceNanos, true, false));
            entries = new Entries(stream);
        } catch (ApiFailure failure) {
            if (last.isEmpty()) {
                throw failure;
            }
            LOG.log(Level.FINE, "A followed log cannot be opened again", failure);
        }
        return true;
    }

    private Optional<LogRun> await(Optional<LogRun> before, Duration deadline) {
        return cluster.watched(Kind.POD).await(deadline, pods -> LogRun.newest(pods, source)
                .filter(LogRun::hasBegun)
                .filter(found ->
                        before.map(known -> !known.key().equals(found.key())).orElse(true)));
    }

    private boolean isStill(LogRun known) {
        return LogRun.newest(cluster.watched(Kind.POD), source)
                .filter(found -> found.isRunning() && found.key().equals(known.key()))
                .isPresent();
    }

    private void closeQuietly() {
        try {
            stream.close();
        } catch (IOException e) {
            LOG.log(Level.FINE, "A log stream did not close", e);
        }
    }
}
