package hakube.store;

import hakube.git.GitFailure;
import hakube.git.GitRemote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Logger;

/** Brings one repository's tree up to date, as far as a folder beside the trees; what becomes of it there is for the caller. */
final class RepositoryFetch {

    private static final Logger LOG = Logger.getLogger(RepositoryFetch.class.getName());

    private final GitRemote remote;
    private final RepositoryTrees trees;

    RepositoryFetch(GitRemote remote, RepositoryTrees trees) {
        this.remote = remote;
        this.trees = trees;
    }

    /** Takes the fetched tree, or leaves it to be removed. */
    @FunctionalInterface
    interface Adoption {
        void adopt(GitRemote.Fetched fetched) throws IOException;
    }

    /**
     * Fetches what is new.
     *
     * @param isAnew also what is there already
     * @return whether something came
     * @throws Unreadable what came is no repository of apps
     */
    boolean run(RepositoryState repository, boolean isAnew, Adoption adoption) throws GitFailure, Unreadable {
        Path work = null;
        try {
            work = trees.work();
            Optional<String> known = repository
                    .tree()
                    .filter(tree -> !isAnew && Files.isDirectory(tree.folder()))
                    .map(RepositoryTrees.Tree::commit);
            Optional<GitRemote.Fetched> fetched =
                    remote.fetch(repository.source().address(), known, work);
            if (fetched.isEmpty()) {
                return false;
            }
            if (repository.source().builtIn().isEmpty()) {
                RepositoryLabel.in(fetched.get().folder());
            }
            adoption.adopt(fetched.get());
            tell(repository, fetched.get());
            return true;
        } catch (IOException e) {
            throw new GitFailure(GitFailure.Kind.DAMAGED, "the share cannot be written: " + e.getMessage(), e);
        } finally {
            discard(work);
        }
    }

    private static void tell(RepositoryState repository, GitRemote.Fetched fetched) {
        String notes = String.join("; ", fetched.notes());
        LOG.info(() -> "Repository " + repository.slug() + " (" + repository.shown() + ") is at "
                + fetched.commit().substring(0, 8) + (notes.isEmpty() ? "" : ". " + notes));
    }

    private static void discard(Path work) {
        try {
            if (work != null) {
                RepositoryTrees.delete(work);
            }
        } catch (UncheckedIOException stays) {
            // A fetch that hangs may still write here; the next start removes it.
            LOG.fine(stays::getMessage);
        }
    }
}
