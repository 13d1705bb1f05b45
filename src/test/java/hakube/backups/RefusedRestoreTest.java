package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Restores that do not begin, and change nothing. */
class RefusedRestoreTest extends RestoreCase {

    @Inject
    RefusedRestoreTest(RestoreHouse house) {
        super(house);
    }

    @Test
    void aDamagedPartIsNamedAndNothingIsTouched() throws IOException {
        house.run("kept", "");
        house.write("share/old.txt", "old");
        Backup backup = house.backup(new MadeBackup()
                .folder("share", Map.of("new.txt", "new"))
                .folder("ssl", Map.of("new.pem", "new".repeat(1000))));
        damage(backup.file().path(), "ssl.tar.gz");
        house.cluster.forgetWrites();

        String refusal = failure(backup, RestoreHouse.full());

        assertTrue(refusal.startsWith("Backup 0badcafe is damaged: part ssl: "), refusal);
        assertTrue(refusal.endsWith("Nothing was changed"), refusal);
        assertEquals(Map.of("old.txt", "old"), house.tree("share"));
        assertTrue(house.isRunning("local_kept"));
        assertEquals(List.of(), house.cluster.writes(), "nothing was stopped");
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertFalse(Files.exists(house.folders.of(".restore")));
        assertEquals(1, house.job(FULL_JOB).getJsonArray("errors").size());
    }

    @Test
    void whatDoesNotFitInIsToldBeforeAnythingIsTouched() throws IOException {
        Backup backup = house.backup(new MadeBackup().folder("share", Map.of("new.txt", "new")));
        RestorePlan plan = RestoreChecks.plan(backup, RestoreHouse.full());
        Room room = new Room(() -> new long[] {3 << 20, 200 << 20});
        var failure = assertThrows(
                ApiFailure.BadRequest.class,
                () -> new Staging(plan, house.folders.of(".restore/parts"), null, room).unpack());
        assertEquals(
                "Not enough free space to restore backup 0badcafe: it takes 1 MB beside what there is, and 0 MB are free on"
                        + " the shared claim. Nothing was changed",
                failure.getMessage());
    }

    @Test
    void requestsThatDoNotFitTheBackupAreRefusedBeforeThereIsAJob() throws IOException {
        Backup partial =
                house.backup(new MadeBackup().partial().slug("5e1ec7ed").folder("share", Map.of("new.txt", "new")));
        assertEquals("5e1ec7ed is only a partial backup!", failure(partial, RestoreHouse.full()));
        assertEquals(
                "No Home Assistant Core data inside the backup",
                failure(partial, RestoreHouse.partial(true, List.of(), Set.of(), "")));
        Backup newer = house.backup(new MadeBackup().by("2099.1.0").folder("share", Map.of("new.txt", "new")));
        assertEquals(
                "Backup was made on supervisor version 2099.1.0, can't restore on 2026.11.0. Must update supervisor first.",
                failure(newer, RestoreHouse.full()));
        assertEquals(
                "Backup 0badcafe does not exist in .cloud_backup",
                failure(
                        newer,
                        new RestoreRequest(
                                Optional.empty(), Optional.empty(), Optional.of(BackupLocation.CLOUD), false)));
    }

    @Test
    void aFileThatIsGoneIsTakenOffTheList() throws IOException {
        Backup backup = house.backup(new MadeBackup().folder("share", Map.of("new.txt", "new")));
        Files.delete(backup.file().path());
        assertThrows(ApiFailure.NotFound.class, () -> house.restorer.restore(backup, RestoreHouse.full()));
        Eventually.holds("the reading of the list", () -> house.all().isEmpty());
    }

    /** Turns an octet in the middle of a member. */
    private static void damage(Path archive, String member) throws IOException {
        byte[] octets = Files.readAllBytes(archive);
        String text = new String(octets, StandardCharsets.ISO_8859_1);
        int header = text.indexOf(member);
        int content = (header / 512 + 1) * 512;
        octets[content + 60] ^= 0x55;
        Files.write(archive, octets);
    }
}
