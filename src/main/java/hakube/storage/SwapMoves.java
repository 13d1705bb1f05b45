package hakube.storage;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * The moves of one exchange, there and back. Each is one rename, and each way can be gone again from wherever it was left.
 *
 * <p>Pods may write into the target meanwhile. What they put where something has to go is set aside among the lost, which go with the
 * exchange.
 */
final class SwapMoves {

    private static final Logger LOG = Logger.getLogger(SwapMoves.class.getName());

    /** Somebody who writes the same name again and again is met no more often than this. */
    private static final int TRIES = 20;

    private final Path root;
    private final Path folder;
    private final SwapJournal journal;
    private final Consumer<String> step;

    /**
     * @param root that the journal's paths begin at
     * @param folder of this exchange
     * @param step is told before each move
     */
    SwapMoves(Path root, Path folder, SwapJournal journal, Consumer<String> step) {
        this.root = root;
        this.folder = folder;
        this.journal = journal;
        this.step = step;
    }

    void forward() throws IOException {
        for (int i = 0; i < journal.pairs().size(); i++) {
            Files.createDirectories(aside(i));
        }
        DurableNames.sync(folder);
        for (int i = 0; i < journal.pairs().size(); i++) {
            SwapJournal.Pair pair = journal.pairs().get(i);
            step.accept("make " + pair.target());
            DurableNames.makeFolders(target(pair));
            for (String name : pair.old()) {
                move(target(pair).resolve(name), aside(i).resolve(name));
            }
        }
        for (SwapJournal.Pair pair : journal.pairs()) {
            for (String name : pair.fresh()) {
                move(staged(pair).resolve(name), target(pair).resolve(name));
            }
        }
        sync();
    }

    /** A name in the staged folder has not come in, or has gone out again: whatever bears it in the target is not ours to take. */
    void back() throws IOException {
        for (SwapJournal.Pair pair : journal.pairs()) {
            for (String name : pair.fresh()) {
                if (!Trees.exists(staged(pair).resolve(name))) {
                    move(target(pair).resolve(name), staged(pair).resolve(name));
                }
            }
        }
        for (int i = 0; i < journal.pairs().size(); i++) {
            SwapJournal.Pair pair = journal.pairs().get(i);
            for (String name : pair.old()) {
                move(aside(i).resolve(name), target(pair).resolve(name));
            }
            if (pair.isMade()) {
                removeMade(target(pair));
            }
        }
        sync();
    }

    Path target(SwapJournal.Pair pair) {
        return root.resolve(pair.target());
    }

    Path staged(SwapJournal.Pair pair) {
        return root.resolve(pair.staged());
    }

    private Path aside(int pair) {
        return folder.resolve("aside-" + pair);
    }

    private void removeMade(Path target) throws IOException {
        step.accept("remove " + target);
        try {
            Files.deleteIfExists(target);
        } catch (DirectoryNotEmptyException somebodys) {
            LOG.warning(() -> target + " stays: somebody wrote into it");
        }
    }

    /** Fine when it is not there: it has moved, or somebody has removed it. */
    private void move(Path from, Path to) throws IOException {
        step.accept(from + " to " + to);
        for (int tried = 0; ; tried++) {
            if (Trees.exists(from) && Trees.exists(to)) {
                setAside(to);
            }
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (NoSuchFileException gone) {
                if (Trees.exists(from)) {
                    throw gone;
                }
                return;
            } catch (FileSystemException taken) {
                if (tried == TRIES || !isTaken(taken, to)) {
                    throw taken;
                }
            }
        }
    }

    private static boolean isTaken(FileSystemException failure, Path to) {
        return failure instanceof FileAlreadyExistsException
                || failure instanceof DirectoryNotEmptyException
                || Trees.exists(to);
    }

    private void setAside(Path intruder) throws IOException {
        LOG.warning(() -> intruder + " was written while it was being replaced, and gives way");
        Path lost = Files.createDirectories(folder.resolve("lost"));
        try {
            Files.move(
                    intruder,
                    Files.createTempDirectory(lost, "").resolve(intruder.getFileName()),
                    StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            // Whoever wrote it has taken it back.
        }
    }

    private void sync() throws IOException {
        List<SwapJournal.Pair> pairs = journal.pairs();
        for (int i = 0; i < pairs.size(); i++) {
            for (Path each : List.of(target(pairs.get(i)), staged(pairs.get(i)), aside(i))) {
                if (Files.isDirectory(each)) {
                    DurableNames.sync(each);
                }
            }
        }
    }
}
