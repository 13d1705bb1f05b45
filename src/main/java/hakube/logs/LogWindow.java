package hakube.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Picks the asked entries out of a log as it is read; never holds more than the distance that a range looks back. */
final class LogWindow implements Iterator<LogEntry> {

    /** A range cannot look back further, in entries and in characters, so that nobody makes the Supervisor hold a whole log. */
    private static final int FURTHEST_BACK = 10_000;

    private static final int MOST_HELD = 1 << 21;

    private final Iterator<LogEntry> entries;
    private final Deque<LogEntry> ready = new ArrayDeque<>();
    private long left;

    /** A log that is followed has no limit: the log page asks for one when it resumes, and goes on to live on it. */
    LogWindow(Iterator<LogEntry> entries, LogQuery query) {
        this.entries = entries;
        long limit =
                switch (query.selection()) {
                    case LogQuery.Selection.Last ignored -> Long.MAX_VALUE;
                    case LogQuery.Selection.All ignored -> Long.MAX_VALUE;
                    case LogQuery.Selection.FromNewest newest -> newest.limit();
                    case LogQuery.Selection.FromOldest oldest -> {
                        skip(oldest.skip());
                        yield oldest.limit();
                    }
                    case LogQuery.Selection.FromCursor at -> {
                        seek(at.cursor(), at.skip());
                        yield at.limit();
                    }
                };
        this.left = query.follow() ? Long.MAX_VALUE : limit;
    }

    @Override
    public boolean hasNext() {
        return left > 0 && (!ready.isEmpty() || entries.hasNext());
    }

    @Override
    public LogEntry next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        left--;
        return ready.isEmpty() ? entries.next() : ready.removeFirst();
    }

    private void skip(long count) {
        for (long skipped = 0; skipped < count && entries.hasNext(); skipped++) {
            entries.next();
        }
    }

    /** Reads up to the entry of the cursor, or the first later one when it is gone, and goes {@code distance} from there. */
    private void seek(String cursor, long distance) {
        Optional<LogCursor> wanted = LogCursor.parse(cursor);
        if (wanted.isEmpty()) {
            return;
        }
        int back = (int) Math.min(FURTHEST_BACK, Math.max(0, -distance));
        boolean isFound = false;
        long held = 0;
        while (!isFound && entries.hasNext()) {
            LogEntry entry = entries.next();
            isFound = wanted.get().isReachedBy(entry);
            ready.addLast(entry);
            held += entry.message().length();
            while (ready.size() > back + 1 || (held > MOST_HELD && ready.size() > 1)) {
                held -= ready.removeFirst().message().length();
            }
        }
        for (long ahead = 0; ahead < distance && hasMore(); ahead++) {
            if (ready.isEmpty()) {
                entries.next();
            } else {
                ready.removeFirst();
            }
        }
    }

    private boolean hasMore() {
        return !ready.isEmpty() || entries.hasNext();
    }
}
