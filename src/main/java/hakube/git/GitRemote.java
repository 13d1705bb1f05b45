package hakube.git;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Fetches trees; a seam, so that the store can be tried without a network. */
public interface GitRemote {

    /**
     * A tree that is there now, complete.
     *
     * @param commit 40 hex digits
     * @param folder below the one that was given; now the caller's
     * @param notes what was left out of it, one sentence each, a few at most
     */
    record Fetched(String commit, Path folder, List<String> notes) {

        public Fetched {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Fetches what the other side has now; waits no longer than the settings allow.
     *
     * @param known commit that is here already
     * @param work an empty folder on the file system where the tree is wanted, which is the caller's to remove
     * @return empty when the other side still has what is known
     */
    Optional<Fetched> fetch(GitAddress address, Optional<String> known, Path work) throws GitFailure;
}
