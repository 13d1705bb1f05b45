package hakube.access;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the gate finds in a raw path, whoever asks.
 *
 * @param path empty when the path is suspicious; then nothing else of this is of use
 * @param isClosed for everybody
 * @param isOpen reached without a token
 * @param isRelayed goes on to an app or to Core
 */
record PathVerdict(Optional<RequestPath> path, boolean isClosed, boolean isOpen, boolean isRelayed) {

    private static final PathVerdict SUSPICIOUS = new PathVerdict(Optional.empty(), true, false, false);

    /** Judges it by all rules. */
    static PathVerdict of(String raw) {
        Optional<RequestPath> path = RequestPath.of(raw);
        if (path.isEmpty() || SuspiciousPath.matches(raw)) {
            return SUSPICIOUS;
        }
        RequestPath sound = path.get();
        return new PathVerdict(
                path,
                Paths.isClosed(sound.judged()) || Paths.isClosed(sound.collapsed()),
                Paths.isOpen(sound.judged()),
                sound.isRelayed());
    }

    /**
     * Remembers verdicts: the same few paths are asked for again and again, and a path alone decides about them. Bounded, whatever paths
     * come.
     */
    static final class Memory {

        static final int MOST = 256;

        /** Characters of a path that is remembered. */
        static final int LONGEST = 256;

        private final Map<String, PathVerdict> known = new ConcurrentHashMap<>();

        PathVerdict of(String raw) {
            PathVerdict remembered = known.get(raw);
            if (remembered != null) {
                return remembered;
            }
            PathVerdict verdict = PathVerdict.of(raw);
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
