package hakube.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Folders whose children were replaced: the new ones are in, the old ones still there. */
public final class Swapped {

    private static final Logger LOG = Logger.getLogger(Swapped.class.getName());

    private final Path folder;
    private final SwapMoves moves;
    private final SwapJournal journal;
    private final Consumer<String> step;

    Swapped(Path folder, SwapMoves moves, SwapJournal journal, Consumer<String> step) {
        this.folder = folder;
        this.moves = moves;
        this.journal = journal;
        this.step = step;
    }

    SwapMoves moves() {
        return moves;
    }

    /**
     * The new ones stay; the old ones are deleted. The folders get owner and mode of those that were staged, where that is allowed.
     *
     * @throws IOException it is not so: {@link #undo} can still be called
     */
    public void commit() throws IOException {
        end(TreeSwap.COMMITTED);
        liken();
        clear();
    }

    /** What a commit does when it is sure; can be done again. */
    void liken() {
        for (SwapJournal.Pair pair : journal.pairs()) {
            step.accept("liken " + pair.target());
            liken(moves.target(pair), moves.staged(pair));
        }
    }

    /** The old ones come back. @throws IOException the next start of the Supervisor tries again */
    public void undo() throws IOException {
        undo(() -> {});
    }

    /** @param then before the journal ends: what belongs to the way back */
    void undo(Runnable then) throws IOException {
        moves.back();
        then.run();
        end("undone.json");
        clear();
    }

    /** One rename decides, since a full disk may take no more writing. */
    private void end(String name) throws IOException {
        Path written = folder.resolve(TreeSwap.JOURNAL);
        step.accept("end the journal");
        if (Trees.exists(written)) {
            Files.move(written, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            DurableNames.sync(folder);
        }
    }

    private void clear() {
        try {
            step.accept("clear " + folder);
            Trees.delete(folder);
        } catch (IOException failure) {
            LOG.log(Level.WARNING, folder + " is removed at the next start of the Supervisor", failure);
        }
    }

    /** An app that runs as another user can write into its own folder only when that is the user's. */
    private static void liken(Path target, Path staged) {
        try {
            PosixFileAttributes wanted =
                    Files.readAttributes(staged, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            PosixFileAttributeView view =
                    Files.getFileAttributeView(target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            view.setPermissions(wanted.permissions());
            view.setOwner(wanted.owner());
            view.setGroup(wanted.group());
            DurableNames.sync(target);
        } catch (IOException refused) {
            LOG.log(Level.FINE, "Owner and mode of " + target + " stay as they are", refused);
        }
    }
}
