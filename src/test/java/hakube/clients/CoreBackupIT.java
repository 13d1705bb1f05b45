package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.archive.ArchiveFixtures;
import hakube.testing.HomeAssistant;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The backup page of the real Home Assistant Core, with this Supervisor behind it. */
class CoreBackupIT {

    private static final String BOUNDARY = "5ad0c1f2b3";

    @TempDir
    private static Path folder;

    private static JoinedCore joined;
    private static HomeAssistant core;
    private static CoreBackups backups;
    private static Path share;

    @BeforeAll
    static void join() throws Exception {
        joined = JoinedCore.in(folder, CoreHome.plain().unrecorded().with("broker", ""));
        core = joined.core();
        backups = new CoreBackups(core);
        share = joined.supervisor().share();
        Files.writeString(Files.createDirectories(share.resolve("share")).resolve("note.txt"), "kept");
    }

    @AfterAll
    static void leave() throws Exception {
        if (joined != null) {
            joined.close();
        }
    }

    @Test
    void aBackupIsMadeListedOpenedByCoreAndDeleted() throws Exception {
        JsonObject backup = backups.make("local_broker");
        String slug = backup.get("backup_id").getAsString();
        JsonObject agent = backup.getAsJsonObject("agents").getAsJsonObject(CoreBackups.AGENT);

        assertEquals("By Core", backup.get("name").getAsString());
        assertTrue(backup.get("homeassistant_included").getAsBoolean(), backup.toString());
        assertTrue(backup.get("database_included").getAsBoolean(), backup.toString());
        assertEquals(
                "local_broker",
                backup.getAsJsonArray("addons")
                        .get(0)
                        .getAsJsonObject()
                        .get("slug")
                        .getAsString());
        assertTrue(agent.get("protected").getAsBoolean(), backup.toString());
        assertEquals(0, backup.getAsJsonArray("failed_addons").size(), backup.toString());
        assertEquals(0, backup.getAsJsonArray("failed_folders").size(), backup.toString());

        String download = "/api/backup/download/" + slug + "?agent_id=" + CoreBackups.AGENT;
        HttpResponse<byte[]> sealed = core.get(download);
        assertEquals(200, sealed.statusCode());
        assertEquals(agent.get("size").getAsLong(), sealed.body().length);
        // Core opens every part with upstream's own library.
        HttpResponse<byte[]> opened = core.get(download + "&password=open%20sesame");
        assertEquals(200, opened.statusCode());
        assertTrue(text(opened).matches("(?s).*\"protected\": ?false.*"), "it is not opened");
        assertFalse(text(opened).contains("SecureTar"));

        core.command("backup/delete", Map.of("backup_id", slug));

        assertEquals(List.of(), backups.all());
        try (var left = Files.list(share.resolve("backup"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aBackupThatAPersonUploadsIsListedAndComesBackAsItIs() throws Exception {
        byte[] archive = ArchiveFixtures.bytes(ArchiveFixtures.FULL);
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mine.tar\"\r\n"
                                + "Content-Type: application/x-tar\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(archive);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));

        HttpResponse<byte[]> answer = core.post(
                "/api/backup/upload?agent_id=" + CoreBackups.AGENT,
                form.toByteArray(),
                "multipart/form-data; boundary=" + BOUNDARY);

        assertEquals(201, answer.statusCode(), text(answer));
        assertArrayEquals(
                archive,
                core.get("/api/backup/download/e8c0675c?agent_id=" + CoreBackups.AGENT)
                        .body());
        core.command("backup/delete", Map.of("backup_id", "e8c0675c"));
        assertTrue(joined.supervisor().get("/backups").body().contains("\"backups\":[]"));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }
}
