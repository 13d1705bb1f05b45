package hakube.backups;

import static hakube.backups.RestoreHouse.ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of apps, each by itself, when a backup is restored. */
class RestoredAppsTest extends RestoreCase {

    @Inject
    RestoredAppsTest(RestoreHouse house) {
        super(house);
    }

    @Test
    void anAppThatFailsKeepsNoOtherFromBeingRestored() throws IOException {
        Backup backup = house.backup(Fixtures.FULL);
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(
                        backup, RestoreHouse.partial(false, List.of("no_such", ECHO), Set.of("ssl"), "")));
        assertTrue(house.isRunning(ECHO));
        JsonObject apps = child(house.job(PARTIAL_JOB), "backup_restore_apps");
        assertEquals(
                "backup_app_restore",
                apps.getJsonArray("child_jobs").getJsonObject(0).getString("name"));
        assertTrue(apps.toString().contains("Can't find backup no_such"), apps.toString());
    }

    @Test
    void anAppThatCannotRunHereGetsItsDataAndAllReasonsAreTold() throws IOException {
        Backup backup = house.backup(new MadeBackup()
                .app(
                        "local_radio",
                        "2.0",
                        "started",
                        "\"host_network\": true, \"usb\": true",
                        Map.of("state", "restored"))
                .app("local_plain", "1.0", "started", "", Map.of("state", "restored")));
        assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));
        assertEquals(Map.of("state", "restored"), house.tree("addons/data/local_radio"));
        assertEquals(List.of("local_plain"), house.apps.slugs());
        assertTrue(house.isRunning("local_plain"));
        String error = child(house.job(FULL_JOB), "backup_restore_apps")
                .getJsonArray("child_jobs")
                .getJsonObject(0)
                .getJsonArray("errors")
                .toString();
        assertTrue(error.contains("host networking is not available"), error);
        assertTrue(error.contains("device passthrough is not available (USB)"), error);
        assertTrue(error.contains("Its data are restored, it is not installed"), error);
        assertTrue(error.contains("\"reasons\""), error);
    }

    @Test
    void anInstalledAppKeepsItsDataWhereTheVersionInTheBackupCannotRunHere() throws IOException {
        house.run("radio", "");
        house.write("addons/data/local_radio/state", "old");
        Backup backup = house.backup(new MadeBackup()
                .app("local_radio", "2.0", "started", "\"host_network\": true", Map.of("state", "restored")));
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(
                        backup, RestoreHouse.partial(false, List.of("local_radio"), Set.of(), "")));
        assertEquals("old", house.tree("addons/data/local_radio").get("state"));
        assertTrue(house.isRunning("local_radio"));
        assertTrue(house.job(PARTIAL_JOB).toString().contains("Version 1.0.0 stays installed"));
    }

    @Test
    void anAppWhoseRestoreFailsIsAsItWas() throws IOException {
        house.run("kept", "");
        house.write("addons/data/local_kept/state", "old");
        Backup backup =
                house.backup(new MadeBackup().app("local_kept", "9.9", "started", "", Map.of("state", "restored")));
        house.cluster.failOn("apply deployments/local-kept", ApiFailure.Unavailable.cluster("away", null));

        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(backup, RestoreHouse.partial(false, List.of("local_kept"), Set.of(), "")));

        assertEquals("old", house.tree("addons/data/local_kept").get("state"));
        assertEquals("1.0.0", house.apps.version("local_kept").orElseThrow());
    }

    @Test
    void theStartOfAnAppThatFailsIsAFailureOfTheRestore() throws IOException {
        house.run("other", "ports: {7/tcp: 7}");
        Backup backup = house.backup(new MadeBackup()
                .app("local_late", "1.0", "started", "\"ports\": {\"7/tcp\": 7}", Map.of("state", "restored")));
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(backup, RestoreHouse.partial(false, List.of("local_late"), Set.of(), "")));
        assertTrue(house.apps.isInstalled("local_late"), "it is restored, and the owner of the port is told");
        assertFalse(house.isRunning("local_late"));
    }
}
