package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.testing.HomeAssistant;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Home Assistant Core has itself restored: it is stopped, exchanged, started, and tells its people how it went. */
class CoreRestoreIT {

    @TempDir
    private Path folder;

    @Test
    void coreFollowsItsRestoreAcrossItsOwnRestart() throws Exception {
        try (JoinedCore joined =
                JoinedCore.in(folder, CoreHome.fresh().unrecorded().with("broker", ""))) {
            SupervisorProcess supervisor = joined.supervisor();
            HomeAssistant core = joined.core();
            CoreBackups backups = new CoreBackups(core);
            Path home = supervisor.share().resolve("homeassistant");
            Path note =
                    Files.createDirectories(supervisor.share().resolve("share")).resolve("note.txt");
            Files.writeString(note, "before");
            Files.writeString(home.resolve("scripts.yaml"), "before");
            core.command("config/area_registry/create", Map.of("name", "Attic"));
            JsonObject backup = backups.make("local_broker");

            Files.writeString(note, "after");
            Files.writeString(home.resolve("scripts.yaml"), "after");
            Files.writeString(home.resolve("scenes.yaml"), "after");
            // Core writes it when it ends: had it not ended before, it would be in what was restored.
            core.command("config/area_registry/create", Map.of("name", "Cellar"));
            joined.pod().hold();
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> restore(core, backup));
            joined.followTheNextPod();

            backups.awaitEnd("restore_backup");

            assertFalse(asked.join().contains("\"success\":false"), asked.join());
            assertEquals("before", Files.readString(note));
            assertEquals("before", Files.readString(home.resolve("scripts.yaml")));
            assertFalse(Files.exists(home.resolve("scenes.yaml")));
            assertEquals(List.of("Attic"), areas(core));
            assertEquals(
                    "started",
                    supervisor
                            .get("/addons/local_broker/info")
                            .data()
                            .get("state")
                            .getAsString());
            assertEquals(List.of(), core.logged("homeassistant.components.backup", "ERROR", "CRITICAL"));
            JsonObject job = job(supervisor);
            assertTrue(job.get("done").getAsBoolean(), job.toString());
            assertEquals(0, job.getAsJsonArray("errors").size(), job.toString());
        }
    }

    /** What came of asking; Core ends before it can answer. */
    private static String restore(HomeAssistant core, JsonObject backup) {
        try {
            return core.command(
                            "backup/restore",
                            Map.of(
                                    "agent_id",
                                    CoreBackups.AGENT,
                                    "backup_id",
                                    backup.get("backup_id").getAsString(),
                                    "password",
                                    CoreBackups.PASSWORD,
                                    "restore_addons",
                                    List.of("local_broker"),
                                    "restore_database",
                                    true,
                                    "restore_folders",
                                    List.of("share"),
                                    "restore_homeassistant",
                                    true))
                    .toString();
        } catch (IOException failure) {
            return failure.getMessage();
        }
    }

    private static JsonObject job(SupervisorProcess supervisor) throws IOException {
        return StreamSupport.stream(
                        supervisor
                                .get("/jobs/info")
                                .data()
                                .getAsJsonArray("jobs")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(job -> job.get("name").getAsString().equals("backup_manager_partial_restore"))
                .findFirst()
                .orElseThrow();
    }

    /** Rooms of the house, those that Core makes for each new home left out. */
    private static List<String> areas(HomeAssistant core) throws IOException {
        return StreamSupport.stream(
                        core.command("config/area_registry/list", Map.of())
                                .getAsJsonArray()
                                .spliterator(),
                        false)
                .map(area -> area.getAsJsonObject().get("name").getAsString())
                .filter(List.of("Attic", "Cellar")::contains)
                .toList();
    }
}
