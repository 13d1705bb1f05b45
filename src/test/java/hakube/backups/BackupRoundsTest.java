package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.TarBytes;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupRoundsTest {

    /** The backups are of the second of January, three o'clock. */
    private static final Instant LATER = Instant.parse("2026-01-04T04:00:00Z");

    private static final Instant LONG_AGO = Instant.parse("2026-01-02T03:10:00Z");

    @TempDir
    private Path share;

    private Path local;
    private Path cloud;
    private Backups backups;
    private BackupRounds rounds;

    @BeforeEach
    void makeFolders() throws IOException {
        Folders folders = new Folders(share);
        local = Files.createDirectories(folders.of("backup"));
        cloud = Files.createDirectories(folders.of("core/backup"));
        Events events = new Events();
        backups = new Backups(folders, events);
        rounds = new BackupRounds(backups, new Jobs(folders, events));
    }

    @Test
    void whatWasForgottenInTheTransitAreaIsRemovedThereAlone() throws IOException {
        put(local, "0123abcd", LONG_AGO);
        put(cloud, "0123abcd", LONG_AGO);
        put(cloud, "fedcba98", LONG_AGO);
        backups.load();

        rounds.clear(Instant.parse("2026-01-04T03:00:00Z"));
        assertEquals(2, backups.all().size());
        assertTrue(Files.exists(cloud.resolve("fedcba98.tar")));

        rounds.clear(LATER);
        assertFalse(Files.exists(cloud.resolve("fedcba98.tar")));
        assertFalse(Files.exists(cloud.resolve("0123abcd.tar")));
        assertTrue(Files.exists(local.resolve("0123abcd.tar")));
        assertEquals(
                Set.of(BackupLocation.LOCAL), backups.find("0123abcd").files().keySet());
        assertEquals(1, backups.all().size());
    }

    @Test
    void anOldBackupThatCoreHasJustPutThereStays() throws IOException {
        put(cloud, "0123abcd", LATER.minusSeconds(60));
        backups.load();

        rounds.clear(LATER);

        assertTrue(Files.exists(cloud.resolve("0123abcd.tar")));
    }

    @Test
    void aFileThatHasGoneEndsNoRound() throws IOException {
        put(cloud, "0123abcd", LONG_AGO);
        put(cloud, "fedcba98", LONG_AGO);
        backups.load();
        Files.delete(cloud.resolve("0123abcd.tar"));

        rounds.clear(LATER);

        assertFalse(Files.exists(cloud.resolve("fedcba98.tar")));
    }

    private static void put(Path folder, String slug, Instant when) throws IOException {
        Path file = Files.write(folder.resolve(slug + ".tar"), TarBytes.backup(slug));
        Files.setLastModifiedTime(file, FileTime.from(when));
    }
}
