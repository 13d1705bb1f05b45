package hakube.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeSwapTest {

    @TempDir
    private Path root;

    private Path data;
    private Path config;
    private Path work;

    /** Ends everything where it is, as a kill does: nobody catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void folders() throws IOException {
        data = root.resolve("addons/data/one");
        config = root.resolve("addon_configs/one");
        work = root.resolve(".restore");
        write("addons/data/one/same.txt", "old");
        write("addons/data/one/old/deep/file", "old");
        write("addons/data/one/kept.db", "kept");
        Files.createSymbolicLink(data.resolve("link"), Path.of("/nowhere"));
        write(".restore/part/data/same.txt", "new");
        write(".restore/part/data/new/deep/file", "new");
        write(".restore/part/config/settings", "new");
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
        Files.setPosixFilePermissions(work.resolve("part/data"), PosixFilePermissions.fromString("rwxr-x--x"));
    }

    @Test
    void aCommittedSwapHasTheNewChildrenAndTheKeptOnes() throws IOException {
        Object folder = Files.getAttribute(data, "unix:ino");
        swap(step -> {}).begin(exchanges(), "").commit();
        assertEquals(fresh(), tree());
        assertEquals(folder, Files.getAttribute(data, "unix:ino"), "the folder itself must stay");
    }

    @Test
    void anUndoneSwapHasTheOldChildren() throws IOException {
        Map<String, String> before = tree();
        swap(step -> {}).begin(exchanges(), "").undo();
        assertEquals(before, tree());
        assertFalse(Files.exists(config), "a folder that was made goes again");
    }

    @Test
    void theFolderGetsTheModeOfTheStagedOne() throws IOException {
        swap(step -> {}).begin(exchanges(), "").commit();
        assertEquals("rwxr-x--x", mode());
    }

    @Test
    void aKillAtAnyStepLeavesAllOldOrAllNew() throws IOException {
        int steps = count(() -> swap(counting).begin(exchanges(), "the note").commit());
        assertTrue(steps > 10, "steps: " + steps);
        int undone = 0;
        for (int kill = 0; kill < steps; kill++) {
            again();
            Map<String, String> before = tree();
            killAt(kill, killing -> swap(killing).begin(exchanges(), "the note").commit());
            List<String> notes = recoverKilledEverywhere();
            assertTrue(tree().equals(before) || tree().equals(fresh()), "killed at step " + kill + ": " + tree());
            assertEquals(tree().equals(before) && !notes.isEmpty(), notes.contains("the note"));
            assertEquals(tree().equals(before) ? "rwx------" : "rwxr-x--x", mode(), "killed at step " + kill);
            assertFalse(Files.exists(work));
            undone += notes.isEmpty() ? 0 : 1;
        }
        assertTrue(undone > 5, "undone: " + undone);
    }

    @Test
    void aFailedMovePutsEverythingBack() throws IOException {
        Map<String, String> before = tree();
        int steps = count(() -> swap(counting).begin(exchanges(), "").undo());
        again();
        for (int fail = 1; fail < steps / 2; fail++) {
            int failing = fail;
            int[] done = {0};
            assertThrows(UncheckedIOException.class, () -> swap(step -> {
                        if (done[0]++ == failing) {
                            throw new UncheckedIOException(new IOException("no space left"));
                        }
                    })
                    .begin(exchanges(), ""));
            assertEquals(before, tree(), "failed at step " + fail);
        }
    }

    @Test
    void whereTheWayBackFailsAsWellTheFirstFailureIsToldAndTheNextStartGoesIt() throws IOException {
        Map<String, String> before = tree();
        int[] done = {0};
        UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> swap(step -> {
                    if (done[0]++ >= 5) {
                        throw new UncheckedIOException(new IOException("failure " + done[0]));
                    }
                })
                .begin(exchanges(), "the note"));
        assertEquals("failure 6", failure.getCause().getMessage());
        List<String> notes = new ArrayList<>();
        swap(step -> {}).recover(notes::add);
        assertEquals(before, tree());
        assertEquals(List.of("the note"), notes);
    }

    @Test
    void whatIsWrittenMeanwhileGivesWay() throws IOException {
        swap(step -> {
                    if (step.endsWith("/one/same.txt") && step.contains("part/data")) {
                        writeUnchecked("addons/data/one/same.txt/as/a/folder", "intruder");
                    }
                })
                .begin(exchanges(), "")
                .commit();
        assertEquals(fresh(), tree());
    }

    @Test
    void theWayBackNeedsNothingOfWhatWasWrittenMeanwhile() throws IOException {
        Map<String, String> before = tree();
        Swapped swapped = swap(step -> {}).begin(exchanges(), "");
        write("addons/data/one/old", "intruder");
        swapped.undo();
        assertEquals(before, tree());
    }

    @Test
    void whatIsStillNeededForTheWayBackIsNotCleared() throws IOException {
        Map<String, String> before = tree();
        swap(step -> {}).begin(exchanges(), "");
        swap(step -> {}).clear();
        swap(step -> {}).recover(note -> {});
        assertEquals(before, tree());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"pairs\": 7}", "\u00ff\u00fe", ""})
    void aJournalThatCannotBeReadStopsNoStartAndLosesNothing(String damaged) throws IOException {
        swap(step -> {}).begin(exchanges(), "");
        Path journal;
        try (Stream<Path> all = Files.walk(work)) {
            journal = all.filter(file -> file.endsWith(TreeSwap.JOURNAL))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(journal, damaged, StandardCharsets.ISO_8859_1);
        swap(step -> {}).recover(note -> {});
        assertFalse(Files.exists(work));
        try (Stream<Path> all = Files.walk(root)) {
            assertTrue(
                    all.anyMatch(
                            file -> file.toString().contains("-damaged-") && file.endsWith("aside-0/old/deep/file")),
                    "the old ones are kept");
        }
    }

    @Test
    void aNewChildOfAKeptNameReplacesIt() throws IOException {
        write(".restore/part/data/kept.db", "new");
        swap(step -> {}).begin(exchanges(), "").commit();
        assertEquals("new", Files.readString(data.resolve("kept.db")));
    }

    private interface Action {
        void run() throws IOException;
    }

    private int counted;
    private final Consumer<String> counting = step -> counted++;

    private int count(Action action) throws IOException {
        counted = 0;
        action.run();
        return counted;
    }

    private interface Killable {
        void run(Consumer<String> step) throws IOException;
    }

    /** @return whether it came so far */
    private static boolean killAt(int step, Killable action) throws IOException {
        int[] done = {0};
        try {
            action.run(name -> {
                if (done[0]++ == step) {
                    throw new Killed();
                }
            });
            return false;
        } catch (Killed expected) {
            return true;
        }
    }

    /** Each start gets one step further than the one before. */
    private List<String> recoverKilledEverywhere() throws IOException {
        List<String> notes = new ArrayList<>();
        int step = 0;
        while (killAt(step++, killing -> swap(killing).recover(notes::add))) {}
        return notes;
    }

    /** Of the folder that was there before. */
    private String mode() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
    }

    private TreeSwap swap(Consumer<String> step) {
        return new TreeSwap(new Folders(root), work, step);
    }

    private List<TreeSwap.Exchange> exchanges() {
        return List.of(
                new TreeSwap.Exchange(data, work.resolve("part/data"), name -> name.startsWith("kept")),
                TreeSwap.Exchange.of(config, work.resolve("part/config")));
    }

    private void again() throws IOException {
        Trees.delete(root.resolve("addons"));
        Trees.delete(root.resolve("addon_configs"));
        Trees.delete(work);
        folders();
    }

    private static Map<String, String> fresh() {
        return Map.of(
                "addons/data/one/same.txt", "new",
                "addons/data/one/new/deep/file", "new",
                "addons/data/one/kept.db", "kept",
                "addon_configs/one/settings", "new");
    }

    /** Contents by path, without the work folder. */
    private Map<String, String> tree() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : (Iterable<Path>) all::iterator) {
                if (each.startsWith(work)) {
                    continue;
                }
                String name = root.relativize(each).toString();
                if (Files.isSymbolicLink(each)) {
                    contents.put(name, "-> " + Files.readSymbolicLink(each));
                } else if (Files.isRegularFile(each)) {
                    contents.put(name, Files.readString(each));
                }
            }
        }
        return contents;
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void writeUnchecked(String path, String content) {
        try {
            write(path, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
