package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.archive.TarBytes;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.storage.Folders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of uploads when disk or client fail. */
class IncomingTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path share;

    private Path local;
    private Folders folders;
    private Backups backups;
    private Jobs jobs;

    @BeforeEach
    void makeFolders() throws IOException {
        folders = new Folders(share);
        local = Files.createDirectories(folders.of("backup"));
        Events events = new Events();
        backups = new Backups(folders, events);
        jobs = new Jobs(folders, events);
    }

    @Test
    void aFullDiskIsToldAndTheNextUploadWorksWhenThereIsRoomAgain() throws IOException {
        long[] left = {100};
        BackupUpload upload = new BackupUpload(folders, backups, jobs, LONG, () -> left[0]);

        assertEquals(
                "Can't write new backup file: No space left on the shared claim",
                assertThrows(ApiFailure.BadRequest.class, () -> take(upload, whole("0123abcd")))
                        .getMessage());
        assertEquals(List.of(), names());

        left[0] = 1 << 20;
        take(upload, whole("0123abcd"));
        assertEquals(List.of("0123abcd.tar"), names());
    }

    @Test
    void roomIsAskedForAgainWhileTheUploadComes() throws IOException {
        int[] asked = {0};
        BackupUpload upload = new BackupUpload(folders, backups, jobs, LONG, () -> ++asked[0] > 2 ? 0 : 1L << 30);
        byte[] begin = part();
        InputStream endless = new SequenceInputStream(new ByteArrayInputStream(begin), new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                Arrays.fill(into, offset, offset + length, (byte) 0);
                return length;
            }
        });

        assertThrows(ApiFailure.BadRequest.class, () -> take(upload, endless));

        assertEquals(3, asked[0]);
        assertEquals(List.of(), names());
    }

    @Test
    void aFolderThatIsReadOnlyIsToldWithItsReason() throws IOException {
        Files.delete(local);
        Files.createFile(local);
        BackupUpload upload = new BackupUpload(folders, backups, jobs, LONG, () -> 1L << 30);

        String message = assertThrows(ApiFailure.BadRequest.class, () -> take(upload, whole("0123abcd")))
                .getMessage();

        assertTrue(message.startsWith("Can't write new backup file: "), message);
    }

    @Test
    void aClientThatSaysNothingMoreIsGivenUp() throws IOException {
        BackupUpload upload = new BackupUpload(folders, backups, jobs, Duration.ofMillis(50), () -> 1L << 30);
        try (PipedOutputStream client = new PipedOutputStream();
                PipedInputStream body = new PipedInputStream(client)) {
            client.write(part());

            assertThrows(ApiFailure.BadRequest.class, () -> take(upload, body));
        }
        assertEquals(List.of(), names());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void whatAnEarlierProcessLeftIsRemovedAtTheStart() throws IOException {
        Files.write(local.resolve(".upload-0123.part"), new byte[10]);
        Files.write(local.resolve("mine.part"), new byte[10]);
        Files.createDirectory(local.resolve(".upload-folder.part"));

        backups.load();

        assertEquals(List.of(".upload-folder.part", "mine.part"), names());
    }

    @Test
    void whatComesWhileTheFoldersAreReadStaysListed() throws IOException {
        BackupUpload[] upload = new BackupUpload[1];
        Backups late = new Backups(folders, new Events(), () -> {
            // The folder was listed before the file came.
            take(upload[0], whole("0123abcd"));
            return Map.of();
        });
        upload[0] = new BackupUpload(folders, late, jobs, LONG, () -> 1L << 30);

        late.reload();

        assertEquals("0123abcd", late.find("0123abcd").slug());
    }

    private static String take(BackupUpload upload, InputStream body) {
        return upload.take(body, "b", List.of(BackupLocation.LOCAL), Optional.empty());
    }

    private static byte[] part() {
        return "--b\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
    }

    private static InputStream whole(String slug) {
        return new SequenceInputStream(
                new SequenceInputStream(
                        new ByteArrayInputStream(part()), new ByteArrayInputStream(TarBytes.backup(slug))),
                new ByteArrayInputStream("\r\n--b--\r\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(local)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
