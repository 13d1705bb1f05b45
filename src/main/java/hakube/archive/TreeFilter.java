package hakube.archive;

import java.nio.file.Path;

/** Which of a tree goes into a part. */
@FunctionalInterface
public interface TreeFilter {

    /** Takes all. */
    TreeFilter ALL = (relative, isDirectory) -> true;

    /**
     * Whether that one goes in; a directory that does not keeps out all that is in it.
     *
     * @param relative to the root of the tree, never the root itself
     * @param isDirectory false for a link to one
     */
    boolean takes(Path relative, boolean isDirectory);
}
