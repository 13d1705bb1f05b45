package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.archive.TarBytes;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.storage.Folders;
import hakube.testing.FailingDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What is listed of an upload is what came, as the disk gives it back. */
class VerifiedUploadTest {

    private static final String SLUG = "0123abcd";

    /** So much that room is asked for a second time in the middle of it. */
    private static final int LARGE = 20 << 20;

    private static final String DIFFERS = "what is on disk from octet 0 on is not what was written";

    @TempDir
    private Path disk;

    private Folders folders;
    private Path local;
    private Path cloud;
    private Backups backups;
    private int asked;

    @BeforeEach
    void makeFolders() throws IOException {
        folders = new Folders(disk.resolve("share"));
        local = Files.createDirectories(folders.of(BackupLocation.LOCAL.folder()));
        cloud = Files.createDirectories(folders.of(BackupLocation.CLOUD.folder()));
        backups = new Backups(folders, new Events());
    }

    private interface Fault {
        void happen() throws IOException;
    }

    @Test
    void oneThatDiffersOnDiskIsToldAndNothingIsLeft() throws IOException {
        assertEquals("Can't write new backup file: " + DIFFERS, refusal(() -> damage(local)));
        assertNothingIsThere();

        take(() -> {}, BackupLocation.LOCAL);
        assertEquals(List.of(SLUG + ".tar"), names(local));
    }

    static boolean mayBreak() {
        return FailingDisk.isAllowed();
    }

    @Test
    @EnabledIf("mayBreak")
    void aDiskThatBreaksMeanwhileIsToldAndNothingIsLeft() throws IOException {
        try (FailingDisk broken = FailingDisk.mount(disk.resolve("image"), local)) {
            assertEquals("Can't write new backup file: Input/output error", refusal(broken::breakDown));
            broken.heal();
            assertNothingIsThere();

            take(() -> {}, BackupLocation.LOCAL);
            assertEquals(List.of(SLUG + ".tar"), names(local));
        }
    }

    @Test
    void aCopyThatDiffersOnDiskIsNotKeptAndTheUploadIs() throws IOException {
        BackupUpload upload = upload(() -> {
            // Of each file at its begin and in its middle.
            if (++asked == 4) {
                damage(cloud);
            }
            return 1L << 30;
        });

        assertEquals(
                SLUG,
                upload.take(
                        body(() -> {}), "b", List.of(BackupLocation.LOCAL, BackupLocation.CLOUD), Optional.empty()));

        assertEquals(4, asked);
        assertEquals(List.of(SLUG + ".tar"), names(local));
        assertEquals(List.of(), names(cloud));
        assertEquals(Set.of(BackupLocation.LOCAL), backups.find(SLUG).files().keySet());
    }

    private void assertNothingIsThere() throws IOException {
        assertEquals(List.of(), names(local));
        assertTrue(backups.all().isEmpty());
    }

    private String refusal(Fault fault) {
        return assertThrows(ApiFailure.BadRequest.class, () -> take(fault, BackupLocation.LOCAL))
                .getMessage();
    }

    private void take(Fault fault, BackupLocation place) {
        upload(() -> 1L << 30).take(body(fault), "b", List.of(place), Optional.empty());
    }

    private BackupUpload upload(Incoming.Space space) {
        return new BackupUpload(folders, backups, new Jobs(folders, new Events()), Duration.ofMinutes(1), space);
    }

    /** @param fault happens when nearly all of it is on its way to the disk */
    private static InputStream body(Fault fault) {
        byte[] archive = new TarBytes()
                .member("share.tar.gz", '0', "x".repeat(LARGE))
                .file("./backup.json", TarBytes.METADATA.formatted(SLUG))
                .end();
        InputStream happening = new InputStream() {
            @Override
            public int read() throws IOException {
                fault.happen();
                return -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };
        return new SequenceInputStream(Collections.enumeration(
                List.of(text("--b\r\n\r\n"), new ByteArrayInputStream(archive), happening, text("\r\n--b--\r\n"))));
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Another program, or the disk itself: an octet of a part, of which neither a header nor a list says anything. */
    private static void damage(Path folder) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, ".upload-*")) {
            for (Path part : parts) {
                try (RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw")) {
                    file.seek(LARGE / 2);
                    file.write('!');
                }
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
