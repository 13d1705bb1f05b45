package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.TarBytes;
import hakube.events.Events;
import hakube.storage.Folders;
import hakube.testing.Logged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {

    @TempDir
    private Path share;

    private Folders folders;
    private Path local;
    private Path cloud;

    @BeforeEach
    void makeFolders() throws IOException {
        folders = new Folders(share);
        local = Files.createDirectories(folders.of("backup"));
        cloud = Files.createDirectories(folders.of("core/backup"));
    }

    @Test
    void whatWasRemovedWhileTheFoldersWereReadDoesNotComeBack() throws IOException {
        Path copy = Files.write(cloud.resolve("a.tar"), TarBytes.backup("first"));
        Path only = Files.write(local.resolve("b.tar"), TarBytes.backup("other"));
        Files.write(local.resolve("a.tar"), TarBytes.backup("first"));
        Backups backups = new Backups(folders, new Events(), () -> {
            Map<String, Backup> found = new BackupScan(folders).run();
            assertTrue(copy.toFile().delete() && only.toFile().delete());
            return found;
        });

        backups.load();

        assertEquals(List.of("first"), backups.all().stream().map(Backup::slug).toList());
        assertEquals(Set.of(BackupLocation.LOCAL), backups.find("first").files().keySet());
    }

    @Test
    void aReadingThatFailsIsToldAndEndsNoStart() {
        Backups backups = new Backups(folders, new Events(), () -> {
            throw new IllegalArgumentException("nobody foresaw this");
        });

        try (Logged log = Logged.by(Rescan.class)) {
            backups.load();
            assertEquals(List.of("The backup folders could not be read: the list stays as it was"), log.lines());
        }

        assertEquals(List.of(), List.copyOf(backups.all()));
        assertThrows(IllegalStateException.class, backups::reload);
    }
}
