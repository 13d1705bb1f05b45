package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is not what it should be on disk counts for nothing. */
class VerifiedCopyTest {

    private final byte[] content = new byte[3 * 1024 * 1024 + 5];

    @TempDir
    private Path folder;

    VerifiedCopyTest() {
        new Random(3).nextBytes(content);
    }

    @Test
    void aCopyIsThatOfTheFile() throws IOException {
        Path origin = Files.write(folder.resolve("origin"), content);
        Path copy = folder.resolve("copy");
        VerifiedCopy.make(origin, copy);
        assertArrayEquals(content, Files.readAllBytes(copy));
        assertThrows(FileAlreadyExistsException.class, () -> VerifiedCopy.make(origin, copy));
    }

    @Test
    void aCopyThatDiffersOnDiskIsNoticed() {
        Path copy = folder.resolve("copy");
        ByteArrayInputStream origin = new ByteArrayInputStream(content) {
            @Override
            public int read(byte[] bytes, int from, int length) {
                int read = super.read(bytes, from, length);
                if (read < 0) {
                    damage(copy, content.length / 2);
                }
                return read;
            }
        };
        var failure = assertThrows(IOException.class, () -> VerifiedCopy.make(origin, copy));
        assertEquals("what is on disk from octet 0 on is not what was written", failure.getMessage());
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path origin = Files.write(folder.resolve("origin"), content);
        Path link = Files.createSymbolicLink(folder.resolve("link"), origin);
        assertThrows(IOException.class, () -> VerifiedCopy.make(link, folder.resolve("copy")));
    }

    @Test
    void aBackupThatDiffersOnDiskIsDeleted() throws IOException {
        Path file = folder.resolve("backup.tar.part");
        ArchiveWriter.Options options = new ArchiveWriter.Options(true, Optional.empty(), 2);
        try (ArchiveWriter writer = ArchiveWriter.create(file, options, warning -> {})) {
            writer.part("share", part -> part.file("noise", content, 0600));
            damage(file, content.length / 2);
            var failure = assertThrows(IOException.class, () -> writer.finish("{}".getBytes(StandardCharsets.UTF_8)));
            assertEquals("what is on disk from octet 1536 on is not what was written", failure.getMessage());
        }
        assertFalse(Files.exists(file));
    }

    /** Another program, or the disk itself. */
    private static void damage(Path file, long at) {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer octet = ByteBuffer.allocate(1);
            other.read(octet, at);
            octet.put(0, (byte) ~octet.get(0));
            other.write(octet.flip(), at);
        } catch (IOException refused) {
            throw new AssertionError(refused);
        }
    }
}
