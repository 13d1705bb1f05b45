package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.api.ApiFailure;
import hakube.archive.TarBytes;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.storage.Folders;
import hakube.testing.DiskCalls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup that is listed is still there, and whole, whenever the power fails. */
class BackupDurabilityTest {

    private static final String BROKEN = "inject=fsync:error=EIO";

    /** It is made of the time. */
    private static final Pattern SLUG = Pattern.compile("[0-9a-f]{8}\\.tar");

    @TempDir
    private Path share;

    @Test
    void aBackupAndItsCopyAreReadFromDiskBeforeTheyHaveTheirNames() throws IOException {
        assertEquals(
                List.of(
                        "mkdir backup",
                        "create backup/.SLUG.part",
                        "write backup/.SLUG.part",
                        "fsync backup/.SLUG.part",
                        "read backup/.SLUG.part",
                        "rename backup/.SLUG.part to backup/SLUG",
                        "fsync backup",
                        "mkdir core/backup",
                        "fsync core",
                        "create core/backup/.SLUG.part",
                        "read backup/SLUG",
                        "write core/backup/.SLUG.part",
                        "read backup/SLUG",
                        "fsync core/backup/.SLUG.part",
                        "read core/backup/.SLUG.part",
                        "rename core/backup/.SLUG.part to core/backup/SLUG",
                        "fsync core/backup"),
                of(Making.class));
    }

    @Test
    void aBackupWhoseNameCannotBeKeptIsNotThere() throws IOException {
        Path folder = Files.createDirectory(share.resolve("backup"));
        DiskCalls.of(Making.class, share, "-P", folder.toRealPath().toString(), "-e", BROKEN);
        assertEquals(List.of(), names(folder));
        assertEquals(List.of(), names(share.resolve("core/backup")));
    }

    @Test
    void anUploadAndItsCopyAreReadFromDiskBeforeTheyHaveTheirNames() throws IOException {
        assertEquals(
                List.of(
                        "mkdir core/backup",
                        "fsync core",
                        "create core/backup/.upload-*.part",
                        "write core/backup/.upload-*.part",
                        "fsync core/backup/.upload-*.part",
                        "read core/backup/.upload-*.part",
                        "rename core/backup/.upload-*.part to core/backup/SLUG",
                        "fsync core/backup",
                        "mkdir backup",
                        "create backup/.upload-*.part",
                        "read core/backup/SLUG",
                        "write backup/.upload-*.part",
                        "read core/backup/SLUG",
                        "fsync backup/.upload-*.part",
                        "read backup/.upload-*.part",
                        "rename backup/.upload-*.part to backup/SLUG",
                        "fsync backup"),
                of(Uploading.class));
    }

    @Test
    void anUploadWhoseNameCannotBeKeptIsToldAndNotThere() throws IOException {
        Path folder = Files.createDirectories(share.resolve("core/backup"));
        DiskCalls.of(Uploading.class, share, "-P", folder.toRealPath().toString(), "-e", BROKEN);
        assertEquals("Can't write new backup file: Input/output error", Files.readString(share.resolve("told")));
        assertEquals(List.of(), names(folder));
    }

    /** It is the same backup, and there is no way back to the file that it had. */
    @Test
    void anUploadThatTookThePlaceOfItsFileStaysWhateverBecomesOfItsName() throws IOException {
        Path folder = Files.createDirectories(share.resolve("core/backup"));
        Files.write(folder.resolve("0123abcd.tar"), TarBytes.backup("0123abcd"));
        DiskCalls.of(Uploading.class, share, "-P", folder.toRealPath().toString(), "-e", BROKEN);
        assertEquals("Can't write new backup file: Input/output error", Files.readString(share.resolve("told")));
        assertEquals(List.of("0123abcd.tar"), names(folder));
    }

    /** What has to do with backups; the same twice in a row is told once. */
    private List<String> of(Class<?> program) throws IOException {
        List<String> calls = new ArrayList<>();
        for (String call : DiskCalls.of(program, share)) {
            String words = SLUG.matcher(call).replaceAll("SLUG");
            boolean isAgain = !calls.isEmpty() && words.equals(calls.getLast());
            if (!isAgain && (call.contains("backup") || call.equals("fsync core"))) {
                calls.add(words);
            }
        }
        return calls;
    }

    private static List<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static final class Making {
        public static void main(String... share) {
            BackupHouse house = new BackupHouse(Path.of(share[0]));
            house.write("ssl/key.pem", "secret");
            try {
                house.maker.make(BackupHouse.in(
                        List.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                        BackupHouse.partial("n", false, List.of(), Set.of("ssl"))));
            } catch (ApiFailure told) {
                // What is left on disk is looked at afterwards.
            }
            house.awaitIdle();
        }
    }

    static final class Uploading {
        public static void main(String... share) throws IOException {
            Folders folders = new Folders(Path.of(share[0]));
            Events events = new Events();
            BackupUpload upload = new BackupUpload(
                    folders,
                    new Backups(folders, events),
                    new Jobs(folders, events),
                    Duration.ofMinutes(1),
                    () -> 1L << 30);
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes("--b\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(TarBytes.backup("0123abcd"));
            body.writeBytes("\r\n--b--\r\n".getBytes(StandardCharsets.US_ASCII));
            try {
                upload.take(
                        new ByteArrayInputStream(body.toByteArray()),
                        "b",
                        List.of(BackupLocation.CLOUD, BackupLocation.LOCAL),
                        Optional.empty());
            } catch (ApiFailure told) {
                Files.writeString(folders.of("told"), told.getMessage());
            }
        }
    }
}
