package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hakube.testing.FailingDisk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredOctetsTest {

    private final byte[] content = new byte[3 * 1024 * 1024 + 5];

    @TempDir
    private Path folder;

    StoredOctetsTest() {
        new Random(3).nextBytes(content);
    }

    @Test
    void theDigestIsThatOfTheFile() throws IOException {
        Path file = Files.write(folder.resolve("file"), content);
        try (StoredOctets stored = StoredOctets.open(file);
                Digesters digesters = new Digesters(2)) {
            assertArrayEquals(new BlockDigest().digest(content), stored.digest(content.length, digesters));
            assertThrows(EOFException.class, () -> stored.digest(1, digesters));
        }
    }

    /** The kernel still has a copy, which says nothing of what can be read tomorrow. */
    @Test
    void whatTheDiskDoesNotGiveBackIsNotTakenFromTheKernel() throws IOException {
        assumeTrue(FailingDisk.isAllowed(), "needs a process that may mount");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (FailingDisk broken = FailingDisk.mount(folder.resolve("image"), disk)) {
            Path file = Files.write(disk.resolve("file"), content);
            broken.breakDown();
            assertArrayEquals(content, Files.readAllBytes(file));
            try (StoredOctets stored = StoredOctets.open(file);
                    Digesters digesters = new Digesters(2)) {
                IOException failure = assertThrows(IOException.class, () -> stored.digest(content.length, digesters));
                assertEquals("Input/output error", failure.getMessage());
            }
        }
    }
}
