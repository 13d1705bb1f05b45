package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.ControlPlane;
import hakube.testing.SmallDisk;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
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
    void aBackupOfHomeAssistantOsIsMovedInByTheCommandsOfTheDocumentation() throws Exception {
        try (Space space = ControlPlane.namespace("restore");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.startToRunning();
            Files.write(folder.resolve("backup.tar"), Fixtures.bytes(Fixtures.FULL));

            String slug = documented(supervisor, "/backups/new/upload", "", "")
                    .get("slug")
                    .getAsString();
            assertEquals("e8c0675c", slug);
            assertPreview(documented(supervisor, "/restore/preview", slug, ""));
            assertFalse(Files.exists(supervisor.share().resolve("media/clips")), "nothing is changed by a look");
            String id = documented(supervisor, "/restore/full", slug, "")
                    .get("job_id")
                    .getAsString();
            supervisor.await("the end of the restore", Duration.ofSeconds(90), () -> documented(
                            supervisor, "/jobs/<job_id>", slug, id)
                    .get("done")
                    .getAsBoolean());

            String job = documented(supervisor, "/jobs/<job_id>", slug, id).toString();
            assertTrue(job.contains("The network storage of the backup (1 mounts) is left out"), job);
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

    private static void assertPreview(JsonObject preview) {
        Map<String, String> outcomes = new TreeMap<>();
        preview.getAsJsonArray("apps")
                .forEach(app -> outcomes.put(
                        app.getAsJsonObject().get("slug").getAsString(),
                        app.getAsJsonObject().get("outcome").getAsString()));
        assertEquals(Map.of("a0d7b954_echo", "runs", "local_counter", "runs"), outcomes);
        assertEquals("[\"nas_media\"]", preview.get("mounts").toString());
        assertEquals("[\"registry.example.org\"]", preview.get("registries").toString());
        assertEquals("[]", preview.get("uninstalled").toString());
    }

    /**
     * Runs a command of {@code docs/operations.md}, moving in, as a person does who copies it and fills in what it leaves open.
     *
     * @param address how the address that it asks ends
     * @return what a good answer holds
     */
    private JsonObject documented(SupervisorProcess supervisor, String address, String slug, String job)
            throws IOException, InterruptedException {
        String command = Files.readString(ControlPlane.checkout().resolve("docs/operations.md"))
                .split("## Moving in from Home Assistant OS", -1)[1]
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("curl ") && line.endsWith(address))
                .findFirst()
                .orElseThrow()
                .replace("<slug>", slug)
                .replace("<job_id>", job);
        Path errors = folder.resolve("curl.txt");
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command).directory(folder.toFile());
        shell.environment().put("SUPERVISOR", supervisor.api().toString());
        shell.environment().put("TOKEN", supervisor.token());
        Process process = shell.redirectError(errors.toFile()).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> command + ": " + read(errors));
        JsonObject json = JsonParser.parseString(answer).getAsJsonObject();
        assertEquals("ok", json.get("result").getAsString(), command + ": " + answer);
        return json.getAsJsonObject("data");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
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
