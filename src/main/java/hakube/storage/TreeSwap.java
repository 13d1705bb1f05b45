package hakube.storage;

import hakube.api.Json;
import jakarta.json.bind.JsonbException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Replaces what is in folders, all of it or nothing, across crashes as well. The folders themselves stay: a pod that mounts one by
 * subPath keeps hold of that very folder (docs/adr/0016).
 *
 * <p>The old children move aside, the new ones in, and until {@link Swapped#commit} both are there; a journal tells the next start of
 * what was under way. All is on one file system, so each move is a rename.
 */
public final class TreeSwap {

    private static final Logger LOG = Logger.getLogger(TreeSwap.class.getName());

    private static final String PREFIX = "swap-";

    /** Name of the journal while the way back is the way to go. */
    static final String JOURNAL = "journal.json";

    /** Its name when there is no way back any more. */
    static final String COMMITTED = "committed.json";

    private final Path root;
    private final Path work;
    private final Consumer<String> step;

    /** @param work a hidden folder of the claim that nobody mounts */
    public TreeSwap(Folders folders, Path work) {
        this(folders, work, moving -> {});
    }

    /** @param step is told before each change on disk */
    TreeSwap(Folders folders, Path work, Consumer<String> step) {
        this.root = folders.root();
        this.work = work;
        this.step = step;
    }

    /**
     * One folder.
     *
     * @param target made when it is not there
     * @param staged whose children come in; empty afterwards. One that is not there has none
     * @param keeps names of old children that stay, unless a new one has the same name
     */
    public record Exchange(Path target, Path staged, Predicate<String> keeps) {

        /** Nothing of the old stays. */
        public static Exchange of(Path target, Path staged) {
            return new Exchange(target, staged, name -> false);
        }
    }

    /**
     * Does it, on disk when this returns. What is staged must be there until the end.
     *
     * @param note told to {@link #recover} when it has to go back
     * @return to be committed or undone
     * @throws IOException all is as it was, or will be when {@link #recover} has been called
     */
    public Swapped begin(List<Exchange> exchanges, String note) throws IOException {
        List<SwapJournal.Pair> pairs = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            if (Files.isDirectory(exchange.staged(), LinkOption.NOFOLLOW_LINKS)) {
                Trees.sync(exchange.staged());
                DurableNames.syncAbove(exchange.staged(), root);
            }
            pairs.add(pair(exchange));
        }
        DurableNames.makeFolders(work);
        Path folder = Files.createTempDirectory(work, PREFIX);
        DurableNames.sync(work);
        SwapJournal journal = new SwapJournal(pairs, note);
        Swapped swapped = swapped(folder, journal);
        try {
            step.accept("write the journal");
            write(folder.resolve(JOURNAL), journal);
            swapped.moves().forward();
        } catch (IOException | RuntimeException failure) {
            undo(swapped, failure);
            throw failure;
        }
        return swapped;
    }

    private static void undo(Swapped swapped, Exception failure) {
        try {
            swapped.undo();
        } catch (IOException | RuntimeException another) {
            failure.addSuppressed(another);
        }
    }

    /**
     * Takes back what a crash left in the middle, and clears away what is over; to be called at start, before anything reads or mounts
     * the folders. Can be called again wherever it was left.
     *
     * @param undone is told the note of each exchange that was taken back
     */
    public void recover(Consumer<String> undone) throws IOException {
        for (String name : Trees.names(work)) {
            Path folder = work.resolve(name);
            if (name.startsWith(PREFIX) && Trees.exists(folder.resolve(JOURNAL))) {
                recover(folder, undone);
            } else if (name.startsWith(PREFIX) && Trees.exists(folder.resolve(COMMITTED))) {
                likenAgain(folder);
            }
        }
        clear();
    }

    private void recover(Path folder, Consumer<String> undone) throws IOException {
        SwapJournal journal;
        try {
            journal = read(folder.resolve(JOURNAL));
        } catch (CharacterCodingException | JsonbException | IllegalArgumentException | NullPointerException damaged) {
            setAside(folder, damaged);
            return;
        }
        LOG.warning(() -> "Putting back what was being replaced when the Supervisor died: "
                + journal.pairs().stream().map(SwapJournal.Pair::target).toList());
        swapped(folder, journal).undo(() -> undone.accept(journal.note()));
    }

    /** The crash may have come before owner and mode were set. */
    private void likenAgain(Path folder) {
        try {
            swapped(folder, read(folder.resolve(COMMITTED))).liken();
        } catch (IOException | RuntimeException damaged) {
            LOG.log(Level.WARNING, "Folders that were replaced before a crash keep their former owner", damaged);
        }
    }

    /** Nobody knows what belongs where; whatever is in it is kept for a person. */
    private void setAside(Path folder, Exception damaged) throws IOException {
        Path aside =
                root.resolve(work.getFileName() + "-damaged-" + Instant.now().toEpochMilli());
        Files.move(folder, aside, StandardCopyOption.ATOMIC_MOVE);
        LOG.log(
                Level.SEVERE,
                "The journal of an exchange of folders cannot be read; what was moved aside lies in " + aside,
                damaged);
    }

    /** Deletes all that lies in the work folder, unless something there is still needed for a way back. */
    public void clear() throws IOException {
        step.accept("clear " + work);
        boolean isNeeded = Trees.names(work).stream()
                .anyMatch(name -> Trees.exists(work.resolve(name).resolve(JOURNAL)));
        if (isNeeded) {
            LOG.severe(() -> work + " is kept: what lies there is put back at the next start of the Supervisor");
        } else {
            Trees.delete(work);
        }
    }

    private Swapped swapped(Path folder, SwapJournal journal) {
        return new Swapped(folder, new SwapMoves(root, folder, journal, step), journal, step);
    }

    private SwapJournal.Pair pair(Exchange exchange) throws IOException {
        List<String> fresh = Trees.names(exchange.staged());
        Set<String> coming = new HashSet<>(fresh);
        List<String> old = Trees.names(exchange.target()).stream()
                .filter(name -> coming.contains(name) || !exchange.keeps().test(name))
                .toList();
        boolean isMade = !Trees.exists(exchange.target());
        return new SwapJournal.Pair(below(exchange.target()), below(exchange.staged()), isMade, old, fresh);
    }

    private String below(Path path) {
        return root.relativize(path).toString();
    }

    private static void write(Path file, SwapJournal journal) throws IOException {
        try {
            AtomicWrite.write(file, Json.file().toJson(journal).getBytes(StandardCharsets.UTF_8));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static SwapJournal read(Path file) throws IOException {
        return Json.file().fromJson(Files.readString(file, StandardCharsets.UTF_8), SwapJournal.class);
    }
}
