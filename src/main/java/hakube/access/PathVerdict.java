package hakube.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the gate finds in a raw path that is not suspicious, whoever asks.
 *
 * @param path what rules are held against and what routes get
 * @param isClosed for everybody
 * @param isOpen reached without a token
 * @param isRelayed goes on to an app or to Core
 */
record PathVerdict(RequestPath path, boolean isClosed, boolean isOpen, boolean isRelayed) {

    /** Judges it by all rules; empty for one that is suspicious. */
    static Optional<PathVerdict> of(String raw) {
        return RequestPath.of(raw).filter(path -> !SuspiciousPath.matches(raw)).map(PathVerdict::of);
    }

    /** Whether it goes on as it is, whoever asks. */
    boolean leadsOn() {
        return isOpen && isRelayed && !isClosed;
    }

    private static PathVerdict of(RequestPath path) {
        return new PathVerdict(
                path,
                Paths.isClosed(path.judged()) || Paths.isClosed(path.collapsed()),
                Paths.isOpen(path.judged()),
                path.isRelayed());
    }

    /**
     * Remembers verdicts: the same few paths are asked for again and again, and a path alone decides about them. Bounded, whatever paths
     * come.
     */
    static final class Memory {

        static final int MOST = 256;

        /** Characters of a path that is remembered. */
        static final int LONGEST = 256;

        private final Map<String, Optional<PathVerdict>> known = new ConcurrentHashMap<>();

        /** As {@link PathVerdict#of}. */
        Optional<PathVerdict> of(String raw) {
            Optional<PathVerdict> remembered = known.get(raw);
            if (remembered != null) {
                return remembered;
            }
            Optional<PathVerdict> verdict = PathVerdict.of(raw);
            if (raw.length() <= LONGEST) {
                if (known.size() >= MOST) {
                    known.clear();
                }
                known.put(raw, verdict);
            }
            return verdict;
        }

        /** How many are remembered. */
        int size() {
            return known.size();
        }
    }
}
