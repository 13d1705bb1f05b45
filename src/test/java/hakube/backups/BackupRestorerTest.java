package hakube.backups;

import static hakube.backups.RestoreHouse.COUNTER;
import static hakube.backups.RestoreHouse.ECHO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import hakube.state.SupervisorState;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A restore from its beginning to its end. */
class BackupRestorerTest extends RestoreCase {

    @Inject
    BackupRestorerTest(RestoreHouse house) {
        super(house);
    }

    @Test
    void aFullRestoreBringsEverythingBack() throws IOException {
        house.write("share/gone.txt", "old");
        house.write("homeassistant/gone.yaml", "old");
        house.run("delta", "");
        Backup backup = house.backup(Fixtures.FULL);

        String failure = failure(backup, RestoreHouse.full());

        JsonObject job = house.job(FULL_JOB);
        assertTrue(
                failure.matches("An error occurred during restore of e8c0675c, check job '[0-9a-f]{32}' or"
                        + " supervisor logs for details"),
                failure);
        assertEquals(Set.of("run.sh", "notes/todo.txt"), house.tree("share").keySet());
        assertEquals(Set.of("fullchain.pem", "privkey.pem"), house.tree("ssl").keySet());
        assertEquals(Set.of("clips/a.bin"), house.tree("media").keySet());
        assertEquals(Set.of("hello/config.yaml"), house.tree("addons/local").keySet());
        assertTrue(house.tree("homeassistant").containsKey("automations.yaml"));
        assertFalse(house.tree("homeassistant").containsKey("gone.yaml"));
        assertTrue(house.tree("addons/data/" + ECHO).containsKey("db/state.bin"));
        assertEquals(Set.of("extra.conf"), house.tree("addon_configs/" + ECHO).keySet());
        assertEquals(List.of(ECHO, COUNTER), house.apps.slugs());
        assertTrue(house.isRunning(ECHO), "it was started when the backup was made");
        assertFalse(house.isRunning(COUNTER), "it was stopped when the backup was made");
        assertEquals("2025.12.3", house.core.options().version());
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertFalse(Files.exists(house.folders.of(".restore")));
        assertFalse(Files.exists(house.folders.of("restore.json")));
        assertEquals(
                List.of(
                        "backup_restore_folders",
                        "backup_restore_homeassistant",
                        "home_assistant_core_update",
                        "backup_remove_delta_apps",
                        "backup_restore_apps",
                        "backup_restore_supervisor_config",
                        "home_assistant_core_start"),
                names(job));
        assertEquals(JsonValue.EMPTY_JSON_ARRAY, job.getJsonArray("errors"));
        assertEquals("await_home_assistant_restart", job.getString("stage"));
        assertTrue(child(job, "backup_restore_supervisor_config")
                .toString()
                .contains("network storage of the backup (1 mounts)"));
    }

    @Test
    void coreStartsWithTheIdOfTheJobAndLosesItAfterwards() throws IOException {
        Backup backup = house.backup(Fixtures.FULL);
        List<String> starts = new ArrayList<>();
        house.cluster.onWrite(write -> {
            if (write.equals("scale statefulsets/homeassistant 1")) {
                starts.add(template());
            }
        });
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> house.restorer.restore(backup, RestoreHouse.partial(true, List.of(), Set.of(), "")),
                "the backup has network storage");
        JsonObject job = house.job(PARTIAL_JOB);
        assertEquals(1, starts.size());
        assertTrue(starts.getFirst().contains("name: SUPERVISOR_RESTORE_JOB_ID"), starts.getFirst());
        assertTrue(starts.getFirst().contains(job.getString("uuid")));
        assertFalse(template().contains("SUPERVISOR_RESTORE_JOB_ID"));
        assertFalse(house.cluster.writes().contains("delete pods/homeassistant-0"), "no second restart");
    }

    @Test
    void inTheBackgroundTheAnswerComesAtOnceAndTheJobTellsTheRest() throws IOException {
        Backup backup = house.backup(new MadeBackup().folder("share", Map.of("new.txt", "new")));
        String id = house.restorer.restore(
                backup, new RestoreRequest(Optional.empty(), Optional.empty(), Optional.empty(), true));
        JsonObject job = house.job(FULL_JOB);
        assertEquals(id, job.getString("uuid"));
        assertEquals("0badcafe", job.getString("reference"));
        assertEquals(Map.of("new.txt", "new"), house.tree("share"));
    }

    @Test
    void theDatabaseStaysThatTheBackupWasMadeWithout() throws IOException {
        house.write("homeassistant/home-assistant_v2.db", "history");
        house.write("homeassistant/home-assistant_v2.db-wal", "newest");
        house.write("homeassistant/home-assistant_v2.db-shm", "goes");
        Backup backup = house.backup(new MadeBackup().core("2025.12.3", true, Map.of("configuration.yaml", "new:")));
        house.restorer.restore(backup, RestoreHouse.full());
        Map<String, String> home = house.tree("homeassistant");
        assertEquals("history", home.get("home-assistant_v2.db"));
        assertEquals("newest", home.get("home-assistant_v2.db-wal"));
        assertFalse(home.containsKey("home-assistant_v2.db-shm"));
        assertFalse(house.core.options().watchdog(), "settings come from homeassistant.json");
    }

    private String template() {
        return house.cluster
                .read(Kind.STATEFUL_SET, "homeassistant")
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .toString();
    }

    private static List<String> names(JsonObject job) {
        return job.getJsonArray("child_jobs").stream()
                .map(child -> child.asJsonObject().getString("name"))
                .filter(name -> !name.startsWith("store_"))
                .toList();
    }
}
