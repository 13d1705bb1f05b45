package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.archive.ArchiveReader;
import hakube.archive.Password;
import hakube.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and freezes by the API, on a real control plane. */
class BackupsIT {

    @TempDir
    private Path folder;

    @Test
    void aFullBackupInTheBackgroundHoldsCoreAppsAndFolders() throws Exception {
        try (BackupWorld world = new BackupWorld(folder.resolve("world"), "backup").begin(4)) {
            String cold = world.uid(BackupWorld.COLD);
            String hot = world.uid(BackupWorld.HOT);

            long begin = System.nanoTime();
            String job = world.begin("full", "{\"name\": \"All of it\", \"background\": true, \"extra\": {\"a\": 1}}");
            long answered = System.nanoTime() - begin;
            assertTrue(answered < Duration.ofSeconds(10).toNanos(), "clients wait no longer: " + answered);
            JsonObject ended = world.awaitEnd(job);

            assertStagesOnTheLink(world, job);
            assertEquals("[]", ended.get("errors").toString());
            assertEquals("await_addon_restarts", ended.get("stage").getAsString());
            assertEquals(
                    List.of(
                            "backup_store_homeassistant",
                            "backup_store_addons",
                            "backup_store_folders",
                            "backup_store_supervisor_config"),
                    names(ended));
            String slug = ended.get("reference").getAsString();
            JsonObject backup =
                    world.supervisor.get("/backups/" + slug + "/info").data();
            assertEquals("All of it", backup.get("name").getAsString());
            assertEquals("full", backup.get("type").getAsString());
            assertEquals("2026.11.0", backup.get("homeassistant").getAsString());
            assertEquals("{\"a\":1}", backup.get("extra").toString());
            assertEquals(2, backup.getAsJsonArray("addons").size());
            assertEquals(Files.size(world.file(slug)), backup.get("size_bytes").getAsLong());
            assertEquals(List.of("backup/start", "backup/end"), world.told());
            assertNotEquals(cold, world.uid(BackupWorld.COLD), "it was stopped");
            assertEquals(hot, world.uid(BackupWorld.HOT), "it went on");
            assertTrue(world.isSettled());
            world.assertNothingHalf("after the backup");
            assertContent(world, slug);
        }
    }

    /** Core follows a backup by these alone, and knows no other words. */
    private static void assertStagesOnTheLink(BackupWorld world, String job) {
        List<String> expected = List.of(
                "backup_manager_full_backup null",
                "backup_manager_full_backup addon_repositories",
                "backup_manager_full_backup home_assistant",
                "backup_store_homeassistant null",
                "backup_manager_full_backup addons",
                "backup_store_addons null",
                "backup_addon_save null",
                "backup_manager_full_backup folders",
                "backup_store_folders null",
                "backup_folder_save null",
                "backup_manager_full_backup supervisor_config",
                "backup_store_supervisor_config null",
                "backup_manager_full_backup finishing_file",
                "backup_manager_full_backup await_addon_restarts");
        world.supervisor.await("the last word on the job", Eventually.SOON, () -> last(world, job)
                .get("done")
                .getAsBoolean());
        assertEquals("await_addon_restarts", text(last(world, job), "stage"));
        assertEquals(
                expected,
                world.toldOfJobs().stream()
                        .filter(event -> text(event, "name").startsWith("backup_"))
                        .map(event -> text(event, "name") + " " + text(event, "stage"))
                        .distinct()
                        .toList());
        assertEquals(
                List.of(BackupWorld.COLD, BackupWorld.HOT),
                world.toldOfJobs().stream()
                        .filter(event -> text(event, "name").equals("backup_addon_save"))
                        .map(event -> text(event, "reference"))
                        .distinct()
                        .toList());
    }

    private static JsonObject last(BackupWorld world, String job) {
        return world.toldOfJobs().stream()
                .filter(event -> text(event, "uuid").equals(job))
                .reduce((earlier, later) -> later)
                .orElseThrow();
    }

    private static String text(JsonObject event, String key) {
        JsonElement value = event.get(key);
        return value == null || value.isJsonNull() ? "null" : value.getAsString();
    }

    private void assertContent(BackupWorld world, String slug) throws Exception {
        Path share = world.supervisor.share();
        try (ArchiveReader archive = ArchiveReader.open(world.file(slug))) {
            for (String part : List.of("share", "local_cold", "local_hot", "homeassistant", "ssl")) {
                var unused = archive.unpack(
                        part,
                        true,
                        Optional.<Password>empty(),
                        Files.createDirectories(folder.resolve(part)),
                        warning -> {});
            }
        }
        Path large = share.resolve("share/large.bin");
        for (String copy : List.of(
                "share/large.bin",
                "local_cold/data/large.bin",
                "local_hot/data/large.bin",
                "homeassistant/data/large.bin")) {
            assertEquals(-1, Files.mismatch(large, folder.resolve(copy)), copy);
        }
        assertEquals("secret", Files.readString(folder.resolve("ssl/key.pem")));
        assertTrue(Files.notExists(folder.resolve("local_hot/data/x.tmp")));
        assertTrue(Files.readString(folder.resolve("local_cold/addon.json")).contains("\"state\": \"started\""));
        assertTrue(Files.isDirectory(folder.resolve("local_hot/config")));
    }

    private static List<String> names(JsonObject job) {
        List<String> names = new ArrayList<>();
        for (JsonElement child : job.getAsJsonArray("child_jobs")) {
            names.add(child.getAsJsonObject().get("name").getAsString());
        }
        return names;
    }

    @Test
    void updatesAndFreezesStandOnBackupsToo() throws Exception {
        try (BackupWorld world = new BackupWorld(folder.resolve("world"), "backup").begin(1)) {
            world.supervisor.ask("POST", "/backups/freeze", "{\"timeout\": 60}").data();
            assertEquals(
                    "freeze", world.supervisor.get("/info").data().get("state").getAsString());
            assertEquals(
                    "stopped",
                    world.supervisor
                            .get("/addons/" + BackupWorld.COLD + "/info")
                            .data()
                            .get("state")
                            .getAsString());
            assertEquals(
                    "'BackupManager.do_backup_full' blocked from execution, system is not running - freeze",
                    world.supervisor.ask("POST", "/backups/new/full", "{}").text("message"));
            world.supervisor.post("/backups/thaw").data();
            assertTrue(world.isSettled());
            assertEquals(List.of("backup/start", "backup/end"), world.told());

            world.offer("cold", "2.0", "backup: cold\n");
            world.supervisor.post("/store/reload").data();
            world.supervisor
                    .ask("POST", "/store/addons/" + BackupWorld.COLD + "/update", "{\"backup\": true}")
                    .data();
            assertEquals(
                    "2.0",
                    world.supervisor
                            .get("/addons/" + BackupWorld.COLD + "/info")
                            .data()
                            .get("version")
                            .getAsString());
            JsonObject backup = world.supervisor
                    .get("/backups")
                    .data()
                    .getAsJsonArray("backups")
                    .get(0)
                    .getAsJsonObject();
            assertEquals("addon_local_cold_1.0", backup.get("name").getAsString());
            assertEquals(
                    "[\"local_cold\"]",
                    backup.getAsJsonObject("content").get("addons").toString());
            world.assertNothingHalf("after the update");
        }
    }
}
