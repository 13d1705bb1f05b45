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

    private static final String BROKER = "local_broker";

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
            // What is restored is not on trial.
            joined.awaitPromotion();
            core.command("config/core/update", Map.of("elevation", 17));
            JsonObject backup = backups.make(BROKER);

            Files.writeString(note, "after");
            Files.writeString(home.resolve("scripts.yaml"), "after");
            Files.writeString(home.resolve("scenes.yaml"), "after");
            core.command("config/core/update", Map.of("elevation", 99));
            // Core writes a new room when it ends: had it not ended before, it would be in what was restored.
            core.command("config/area_registry/create", Map.of("name", "Cellar"));
            int connections = joined.connections();
            joined.pod().hold();
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> restore(backups, backup));
            joined.followTheNextPod();
            joined.awaitConnections(connections + 1);
            core.await("that Core talks to browsers", JoinedCore.RESTART, () -> talks(core));

            backups.awaitEnd("restore_backup");

            assertFalse(asked.join().contains("\"success\":false"), asked.join());
            assertEquals("before", Files.readString(note));
            assertEquals("before", Files.readString(home.resolve("scripts.yaml")));
            assertFalse(Files.exists(home.resolve("scenes.yaml")));
            assertEquals(17, elevation(core));
            assertFalse(rooms(core).contains("Cellar"), rooms(core).toString());
            assertEquals(
                    "started",
                    supervisor
                            .get("/addons/" + BROKER + "/info")
                            .data()
                            .get("state")
                            .getAsString());
            assertEquals(List.of(), core.logged("homeassistant.components.backup", "ERROR", "CRITICAL"));
            JsonObject job = job(supervisor);
            assertTrue(job.get("done").getAsBoolean(), job.toString());
            assertEquals(0, job.getAsJsonArray("errors").size(), job.toString());
        }
    }

    /** A Core that has just started drops the first browser now and then, in the middle of its log-in. */
    private static boolean talks(HomeAssistant core) {
        try {
            return elevation(core) > 0;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** What came of asking; Core ends before it can answer. */
    private static String restore(CoreBackups backups, JsonObject backup) {
        try {
            backups.restore(backup, BROKER, CoreBackups.PASSWORD);
            return "";
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

    /** What Core knows of its house, in meters; written whenever it is changed. */
    private static int elevation(HomeAssistant core) throws IOException {
        return core.command("get_config", Map.of())
                .getAsJsonObject()
                .get("elevation")
                .getAsInt();
    }

    private static List<String> rooms(HomeAssistant core) throws IOException {
        return StreamSupport.stream(
                        core.command("config/area_registry/list", Map.of())
                                .getAsJsonArray()
                                .spliterator(),
                        false)
                .map(area -> area.getAsJsonObject().get("name").getAsString())
                .toList();
    }
}
