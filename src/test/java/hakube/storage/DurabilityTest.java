package hakube.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.DiskCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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
}
