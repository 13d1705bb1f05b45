package hakube.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.DiskCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done is on disk, whenever the power fails: each sync is seen to be asked of the kernel, in its place. */
class DurabilityTest {

    @TempDir
    private Path root;

    @Test
    void aStateFileIsOnDiskBeforeItHasItsNameAndKeepsIt() throws IOException {
        assertEquals(
                List.of(
                        "mkdir state",
                        "fsync .",
                        "create state/.file.json.*.part",
                        "write state/.file.json.*.part",
                        "chmod state/.file.json.*.part",
                        "fsync state/.file.json.*.part",
                        "rename state/.file.json.*.part to state/file.json",
                        "fsync state"),
                DiskCalls.of(StateFileProgram.class, root));
    }

    static final class StateFileProgram {
        public static void main(String... root) {
            AtomicWrite.write(
                    Path.of(root[0], "state/file.json"),
                    "{}".getBytes(StandardCharsets.UTF_8),
                    PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    /** Nothing may have to be put back that is nowhere any more, and what has come in has to stay. */
    @Test
    void whatIsRestoredIsOnDiskBeforeAnythingMovesAndStays() throws IOException {
        List<String> calls = DiskCalls.of(ExchangeProgram.class, root);
        List<String> syncs =
                List.of("fsync .restore/parts/0", "fsync .restore/parts/0/deep/new", "fsync .restore/parts/0/deep");
        int staged = syncs.stream().mapToInt(calls::indexOf).min().orElseThrow();
        assertEquals(Set.copyOf(syncs), Set.copyOf(calls.subList(staged, staged + 3)));
        assertEquals(
                List.of(
                        "fsync .restore/parts",
                        "fsync .restore",
                        "fsync .",
                        "mkdir .restore/swap-*",
                        "fsync .restore",
                        "create .restore/swap-*/.journal.json.*.part",
                        "write .restore/swap-*/.journal.json.*.part",
                        "fsync .restore/swap-*/.journal.json.*.part",
                        "rename .restore/swap-*/.journal.json.*.part to .restore/swap-*/journal.json",
                        "fsync .restore/swap-*",
                        "mkdir .restore/swap-*/aside-0",
                        "mkdir .restore/swap-*/aside-1",
                        "fsync .restore/swap-*",
                        "rename share/old to .restore/swap-*/aside-0/old",
                        "mkdir addons",
                        "fsync .",
                        "mkdir addons/data",
                        "fsync addons",
                        "mkdir addons/data/one",
                        "fsync addons/data",
                        "rename .restore/parts/0/deep to share/deep",
                        "fsync share",
                        "fsync .restore/parts/0",
                        "fsync .restore/swap-*/aside-0",
                        "fsync addons/data/one",
                        "fsync .restore/swap-*/aside-1",
                        "rename .restore/swap-*/journal.json to .restore/swap-*/committed.json",
                        "fsync .restore/swap-*",
                        "chmod share",
                        "fsync share"),
                calls.stream()
                        .skip(staged + 3)
                        .filter(call -> !call.startsWith("remove "))
                        .toList());
    }

    static final class ExchangeProgram {
        public static void main(String... args) throws IOException {
            Path root = Path.of(args[0]);
            Path staged = Files.createDirectories(root.resolve(".restore/parts/0"));
            Files.createDirectory(staged.resolve("deep"));
            Files.writeString(staged.resolve("deep/new"), "new");
            Files.writeString(Files.createDirectory(root.resolve("share")).resolve("old"), "old");
            Path made = root.resolve("addons/data/one");
            new TreeSwap(new Folders(root), root.resolve(".restore"))
                    .begin(
                            List.of(
                                    TreeSwap.Exchange.of(root.resolve("share"), staged),
                                    TreeSwap.Exchange.of(made, staged.resolveSibling("1"))),
                            "")
                    .commit();
        }
    }

    @Test
    void whatIsPutBackIsBackOnDiskBeforeTheWayBackEnds() throws IOException {
        List<String> calls = DiskCalls.of(WayBackProgram.class, root);
        assertEquals(
                List.of("mkdir .restore", "fsync .", "mkdir .restore/swap-*", "fsync .restore"),
                calls.subList(3, 7),
                calls.toString());
        assertEquals(
                List.of(
                        "rename .restore/swap-*/aside-0/old to share/old",
                        "fsync share",
                        "fsync .restore/swap-*/aside-0",
                        "rename .restore/swap-*/journal.json to .restore/swap-*/undone.json",
                        "fsync .restore/swap-*"),
                calls.subList(calls.size() - 6, calls.size() - 1),
                calls.toString());
    }

    static final class WayBackProgram {
        public static void main(String... args) throws IOException {
            Path root = Path.of(args[0]);
            Files.writeString(Files.createDirectory(root.resolve("share")).resolve("old"), "old");
            Path work = root.resolve(".restore");
            new TreeSwap(new Folders(root), work)
                    .begin(List.of(TreeSwap.Exchange.of(root.resolve("share"), work.resolve("none"))), "")
                    .undo();
        }
    }
}
