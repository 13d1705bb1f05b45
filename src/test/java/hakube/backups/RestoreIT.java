package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.SmallDisk;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restore by the API, on a real control plane. */
class RestoreIT {

    private static final int OTHER_USER = 1234;

    @TempDir
    private Path folder;

    @Test
    void aFullRestoreBringsFoldersCoreAndAppsBack() throws Exception {
        try (RestoreWorld world = new RestoreWorld(folder, "restore").begin("old")) {
            world.lay("1.1");
            String job = world.restore("{\"background\": true}");
            world.supervisor.await("Core with the id of the job", Duration.ofSeconds(60), () -> {
                String set = world.statefulSet();
                return set.contains("SUPERVISOR_RESTORE_JOB_ID") && set.contains(job);
            });
            JsonObject ended = world.awaitEnd(job);

            assertEquals("[]", ended.get("errors").toString());
            assertEquals("await_home_assistant_restart", ended.get("stage").getAsString());
            for (String tree : RestoreWorld.TREES) {
                assertEquals("1.1", world.generation(tree, "after the restore"));
            }
            assertTrue(world.isAllRunning());
            assertFalse(world.statefulSet().contains("SUPERVISOR_RESTORE_JOB_ID"));
            assertTrue(world.isSettled());
            assertEquals(
                    "1.1",
                    world.supervisor
                            .get("/addons/local_one/info")
                            .data()
                            .get("version")
                            .getAsString());
            assertEquals(
                    "running", world.supervisor.get("/info").data().get("state").getAsString());
        }
    }

    @Test
    void aBackupOfHomeAssistantOsIsLookedAtAndRestored() throws Exception {
        try (Space space = ControlPlane.namespace("restore");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.startToRunning();
            Path backups = supervisor.share().resolve("backup");
            Files.write(backups.resolve("moved.tar"), Fixtures.bytes(Fixtures.FULL));
            supervisor.post("/backups/reload").data();

            JsonArray apps = supervisor
                    .ask("POST", "/backups/e8c0675c/restore/preview", "{}")
                    .data()
                    .getAsJsonArray("apps");
            assertEquals(2, apps.size());
            SupervisorProcess.Answer answer = supervisor.ask("POST", "/backups/e8c0675c/restore/full", "{}");

            assertEquals(400, answer.status(), "network storage is not mounted here: " + answer.body());
            assertTrue(
                    answer.text("message").startsWith("An error occurred during restore of e8c0675c"), answer.body());
            assertTrue(answer.text("job_id").matches("[0-9a-f]{32}"), answer.body());
            assertTrue(Files.exists(supervisor.share().resolve("homeassistant/automations.yaml")));
            assertTrue(Files.exists(supervisor.share().resolve("media/clips/a.bin")));
            assertTrue(Files.exists(supervisor.share().resolve("addons/data/a0d7b954_echo/db/state.bin")));
            assertEquals(
                    "2025.12.3",
                    supervisor.get("/core/info").data().get("version").getAsString());
            JsonArray installed = supervisor.get("/addons").data().getAsJsonArray("addons");
            assertEquals(2, installed.size(), installed.toString());
            assertTrue(supervisor.get("/docker/registries").data().toString().contains("registry.example.org"));
        }
    }

    @Test
    void whoMayNotGiveFilesAwayRestoresThemAndSaysSo() throws Exception {
        assumeTrue(SmallDisk.isAllowed(), "needs a process that may give files away");
        try (Space space = ControlPlane.namespace("restore");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.startToRunning();
            Path given = Files.writeString(supervisor.share().resolve("share/given.txt"), "kept");
            Files.setAttribute(given, "unix:uid", OTHER_USER);
            String slug = supervisor
                    .ask("POST", "/backups/new/partial", "{\"folders\": [\"share\"]}")
                    .data()
                    .get("slug")
                    .getAsString();
            Files.delete(given);
            supervisor.stop();

            // As root is on NFS with root_squash.
            supervisor.under("setpriv", "--bounding-set=-chown", "--inh-caps=-chown");
            supervisor.startToRunning();
            supervisor
                    .ask("POST", "/backups/" + slug + "/restore/partial", "{\"folders\": [\"share\"]}")
                    .data();

            assertEquals("kept", Files.readString(given));
            assertEquals(0, Files.getAttribute(given, "unix:uid"));
            assertTrue(supervisor.log().contains("given.txt belonged to " + OTHER_USER), supervisor::log);
            assertTrue(supervisor.log().contains("The owners of restored files cannot be kept"), supervisor::log);
        }
    }
}
