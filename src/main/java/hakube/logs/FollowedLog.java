package hakube.logs;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
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

    /** The API server cuts idle streams after hours; what is silent for several of them is not worth another. */
    private static final int MOST_SILENT_STREAMS = 3;

    private final Cluster cluster;
    private final LogRuns runs;
    private final String container;
    private final Begin begin;
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

    /**
     * Which entries of the present run come first.
     *
     * @param tail so many from the end, -1 for all
     * @param sinceNanos those from this time on, nanoseconds since the epoch, -1 for all
     */
    record Begin(long tail, long sinceNanos) {
        static Begin of(LogQuery query) {
            return new Begin(query.tailLines(), query.sinceNanos());
        }
    }

    FollowedLog(Cluster cluster, LogRuns runs, String container, Begin begin, Patience patience) {
        this.cluster = cluster;
        this.runs = runs;
        this.container = container;
        this.begin = begin;
        this.patience = patience;
    }

    /** Pod of the entry that was given last. */
    String pod() {
        return run.map(LogRun::pod).orElse("");
    }

    /** What was promised is given, whoever ends it meanwhile. */
    @Override
    public boolean hasNext() {
        if (entries.isRead()) {
            return true;
        }
        while (!isOver()) {
            if (skipsToNew()) {
                return true;
            }
            if (isOver() || !openNext()) {
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

    /** The thread is interrupted when the client leaves. */
    private boolean isOver() {
        return isClosed || Thread.currentThread().isInterrupted();
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
        Optional<LogRun> other = before.isPresent() ? runs.awaitOther(before, patience.forEnd()) : Optional.empty();
        if (other.isEmpty() && before.isPresent() && isStill(before.get())) {
            if (++silentStreams > MOST_SILENT_STREAMS) {
                return false;
            }
            long since = last.map(LogEntry::nanos).orElse(begin.sinceNanos());
            isFirstOfRun = last.isEmpty();
            return open(before.get(), last.isEmpty() ? begin.tail() : -1, since);
        }
        Optional<LogRun> next = other.isPresent() ? other : runs.awaitOther(before, patience.forRun());
        isFirstOfRun = true;
        boolean isFirst = before.isEmpty();
        return next.isPresent() && open(next.get(), isFirst ? begin.tail() : -1, isFirst ? begin.sinceNanos() : -1);
    }

    private boolean open(LogRun wanted, long tailLines, long sinceNanos) {
        run = Optional.of(wanted);
        stream = InputStream.nullInputStream();
        entries = new Entries(stream);
        try {
            stream = cluster.log(wanted.pod(), new Cluster.LogRequest(container, tailLines, sinceNanos, true, false));
            entries = new Entries(stream);
        } catch (ApiFailure failure) {
            // Of a container that ended or waits the log may be gone; then the next run is what there is to follow.
            if (last.isEmpty() && wanted.isRunning()) {
                throw failure;
            }
            LOG.log(Level.FINE, "A followed log cannot be opened", failure);
        }
        return true;
    }

    private boolean isStill(LogRun known) {
        return runs.newest()
                .filter(found -> found.isRunning() && found.isSameAs(known))
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
