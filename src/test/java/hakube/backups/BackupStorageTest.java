package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.archive.ArchiveReader;
import hakube.archive.NotABackup;
import hakube.state.SupervisorState;
import hakube.testing.FailingDisk;
import hakube.testing.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** Backups onto a disk that has no room, takes no writes, or cannot be read. */
class BackupStorageTest extends BackupCase {

    /** That of what {@link MadeBackup} makes. */
    private static final String OLDER = "0badcafe";

    private String cold;
    private Path backups;

    @BeforeEach
    void aLargeAppRuns() throws IOException {
        cold = house.apps.run("cold", "backup: cold\n");
        backups = Files.createDirectories(house.folders.of("backup"));
        byte[] large = new byte[6 << 20];
        new Random(3).nextBytes(large);
        Files.write(house.folders.of("addons/data/local_cold/large"), large);
    }

    static boolean mayBreak() {
        return FailingDisk.isAllowed();
    }

    static boolean mayMount() {
        return SmallDisk.isAllowed();
    }

    private BackupMaker.Started make() {
        return house.maker.make(BackupHouse.partial("", true, List.of(cold), Set.of("ssl")));
    }

    /** A backup from before, on the disk that is there now. */
    private void keepAnOlderOne() throws IOException {
        new MadeBackup().folder("ssl", Map.of("key.pem", "key")).write(backups.resolve(OLDER + ".tar"));
        house.backups.reload();
    }

    private void assertNothingIsLost() throws IOException, NotABackup {
        assertEquals(Set.of(OLDER + ".tar"), house.files());
        assertEquals(List.of(OLDER), slugs());
        house.backups.reload();
        assertEquals(List.of(OLDER), slugs());
        try (ArchiveReader older = ArchiveReader.open(backups.resolve(OLDER + ".tar"))) {
            older.verify("ssl", true, Optional.empty());
        }
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertEquals("started", house.apps.apps().state(cold).wire());
    }

    private List<String> slugs() {
        return house.backups.all().stream().map(Backup::slug).toList();
    }

    @Test
    @EnabledIf("mayMount")
    void aDiskThatRunsFullLeavesNothingBehindAndWorksAgain() throws IOException, NotABackup {
        try (SmallDisk small = SmallDisk.mount(backups, 4)) {
            keepAnOlderOne();
            assertThrows(ApiFailure.BadRequest.class, this::make);

            assertEquals(1, house.errors(PARTIAL).size());
            String error = house.errors(PARTIAL).getFirst();
            assertTrue(error.matches("Backup [0-9a-f]{8} could not be written: .*No space left on device.*"), error);
            assertEquals(1, house.errors("backup_app_save").size());
            assertNothingIsLost();

            small.resize(20);
            assertTrue(make().slug().isPresent());
        }
    }

    @Test
    @EnabledIf("mayMount")
    void aDiskThatTakesNoWritesIsSaid() throws IOException, NotABackup {
        try (SmallDisk small = SmallDisk.mount(backups, 20)) {
            keepAnOlderOne();
            small.readOnly();
            assertThrows(ApiFailure.BadRequest.class, this::make);
            String error = house.errors(PARTIAL).getFirst();
            assertTrue(error.endsWith(".tar.part: Read-only file system"), error);
            assertNothingIsLost();

            small.writable();
            assertTrue(make().slug().isPresent());
        }
    }

    @Test
    @EnabledIf("mayBreak")
    void aDiskThatBreaksIsSaidAndNothingIsLeftOfTheBackup() throws IOException, NotABackup {
        try (FailingDisk broken = FailingDisk.mount(disk.resolve("image"), backups)) {
            keepAnOlderOne();
            broken.breakDown();
            assertThrows(ApiFailure.BadRequest.class, this::make);

            assertEquals(1, house.errors(PARTIAL).size());
            String error = house.errors(PARTIAL).getFirst();
            assertTrue(error.matches("Backup [0-9a-f]{8} could not be written: .*Input/output error.*"), error);
            assertNothingIsLost();

            broken.heal();
            assertTrue(make().slug().isPresent());
        }
    }

    @Test
    @EnabledIf("mayBreak")
    void aFileThatCannotBeReadCostsItsFolderAndNotTheBackup() throws IOException {
        Path ssl = Files.createDirectories(house.folders.of("ssl"));
        try (FailingDisk broken = FailingDisk.mount(disk.resolve("image"), ssl)) {
            Path lost = Files.write(ssl.resolve("lost.pem"), new byte[1 << 20]);
            broken.breakDownWith(lost);

            assertTrue(make().slug().isPresent());

            assertEquals(1, house.errors("backup_folder_save").size());
            String error = house.errors("backup_folder_save").getFirst();
            assertTrue(error.contains("lost.pem: Input/output error"), error);
            BackupMetadata made = house.only().metadata();
            assertEquals(List.of(), made.folders());
            assertEquals(1, made.apps().size());
        }
    }

    @Test
    @EnabledIf("mayBreak")
    void aFileOfCoreThatCannotBeReadCostsTheBackupAndCoreGoesOn() throws IOException, NotABackup {
        Path home = Files.createDirectories(house.folders.of("homeassistant"));
        keepAnOlderOne();
        try (FailingDisk broken = FailingDisk.mount(disk.resolve("image"), home)) {
            Path lost = Files.write(home.resolve("home-assistant_v2.db"), new byte[1 << 20]);
            broken.breakDownWith(lost);

            assertThrows(ApiFailure.BadRequest.class, this::make);

            assertEquals(List.of("backup/start", "backup/end"), house.coreCommands);
            assertEquals(1, house.errors("backup_store_homeassistant").size());
            String error = house.errors(PARTIAL).getFirst();
            assertTrue(error.endsWith("home-assistant_v2.db: Input/output error"), error);
            assertNothingIsLost();

            broken.heal();
            Files.delete(lost);
            assertTrue(make().slug().isPresent());
        }
    }

    @Test
    void whatACrashLeftIsRemovedAndNothingElse() throws IOException {
        house.write("backup/.0123abcd.tar.part", "half");
        house.write("core/backup/.0123abcd.tar.part", "half");
        house.write("backup/.mine.tar.part", "a person's");
        house.write("backup/0123abcd.tar", "whole");
        house.recovery.recover();
        assertEquals(Set.of(".mine.tar.part", "0123abcd.tar"), house.files());
        assertTrue(Files.notExists(house.folders.of("core/backup/.0123abcd.tar.part")));
    }

    @Test
    void aCopyThatFailsIsItsJobsOwnError() throws IOException {
        Files.createDirectories(house.folders.of("core"));
        Files.writeString(house.folders.of("core/backup"), "no folder");
        CreateRequest request = BackupHouse.in(
                List.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                BackupHouse.partial("", false, List.of(), Set.of("ssl")));
        assertTrue(house.maker.make(request).slug().isPresent());
        assertEquals(List.of(), house.errors(PARTIAL));
        assertEquals(1, house.errors("backup_copy_to_location").size());
        assertEquals(1, house.errors("backup_copy_to_additional_locations").size());
        assertEquals(Set.of(BackupLocation.LOCAL), house.only().files().keySet());
    }
}
