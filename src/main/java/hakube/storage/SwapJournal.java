package hakube.storage;

import java.util.List;
import java.util.Objects;

/**
 * What one exchange of folders is about to do, on disk before anything moves. Which of its moves are done is not written down: a name
 * that is no longer where it came from has moved.
 *
 * @param note of whoever asked, for the way back
 */
public record SwapJournal(List<Pair> pairs, String note) {

    public SwapJournal {
        pairs = List.copyOf(pairs);
        note = Objects.requireNonNullElse(note, "");
    }

    /**
     * One folder.
     *
     * @param target whose children are replaced, below the claim's root
     * @param staged whose children come in, below the claim's root
     * @param isMade the target was not there before
     * @param old names that go
     * @param fresh names that come
     */
    public record Pair(String target, String staged, boolean isMade, List<String> old, List<String> fresh) {

        public Pair {
            old = List.copyOf(old);
            fresh = List.copyOf(fresh);
        }
    }
}
