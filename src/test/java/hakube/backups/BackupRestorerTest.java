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
import hakube.testing.Eventually;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class BackupRestorerTest {

    private static final String FULL_JOB = "backup_manager_full_restore";
    private static final String PARTIAL_JOB = "backup_manager_partial_restore";

    private final RestoreHouse house;

    @Inject
    BackupRestorerTest(RestoreHouse house) {
        this.house = house;
    }

    @BeforeEach
    void aFreshHouse() throws IOException {
        house.fresh();
    }

    @Test
    void aFullRestoreBringsEverythingBack() throws IOException {
        house.write("share/gone.txt", "old");
        house.write("homeassistant/gone.yaml", "old");
        house.run("delta", "");
        Backup backup = house.backup(Fixtures.FULL);

        var failure =
                assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));

        JsonObject job = house.job(FULL_JOB);
        assertTrue(
                failure.getMessage()
                        .matches("An error occurred during restore of e8c0675c, check job '[0-9a-f]{32}' or"
                                + " supervisor logs for details"),
                failure.getMessage());
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
    void aDamagedPartIsNamedAndNothingIsTouched() throws IOException {
        house.run("kept", "");
        house.write("share/old.txt", "old");
        Backup backup = house.backup(new MadeBackup()
                .folder("share", Map.of("new.txt", "new"))
                .folder("ssl", Map.of("new.pem", "new".repeat(1000))));
        damage(backup.file().path(), "ssl.tar.gz");
        house.cluster.forgetWrites();

        var failure =
                assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));

        assertTrue(failure.getMessage().startsWith("Backup 0badcafe is damaged: part ssl: "), failure.getMessage());
        assertTrue(failure.getMessage().endsWith("Nothing was changed"), failure.getMessage());
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
        assertEquals("5e1ec7ed is only a partial backup!", refusal(partial, RestoreHouse.full()));
        assertEquals(
                "No Home Assistant Core data inside the backup",
                refusal(partial, RestoreHouse.partial(true, List.of(), Set.of(), "")));
        Backup newer = house.backup(new MadeBackup().by("2099.1.0").folder("share", Map.of("new.txt", "new")));
        assertEquals(
                "Backup was made on supervisor version 2099.1.0, can't restore on 2026.11.0. Must update supervisor first.",
                refusal(newer, RestoreHouse.full()));
        assertEquals(
                "Backup 0badcafe does not exist in .cloud_backup",
                refusal(
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

    private String refusal(Backup backup, RestoreRequest request) {
        return assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, request))
                .getMessage();
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

    private static JsonObject child(JsonObject job, String name) {
        return job.getJsonArray("child_jobs").stream()
                .map(JsonValue::asJsonObject)
                .filter(child -> child.getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
