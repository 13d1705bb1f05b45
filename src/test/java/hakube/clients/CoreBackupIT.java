package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.archive.ArchiveFixtures;
import hakube.archive.ArchiveReader;
import hakube.archive.Password;
import hakube.testing.CoreSocket;
import hakube.testing.HomeAssistant;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The backup page of the real Home Assistant Core, with this Supervisor behind it. */
class CoreBackupIT {

    private static final String BROKER = "local_broker";
    private static final String STUBBORN = "local_stubborn";

    @TempDir
    private static Path folder;

    private static JoinedCore joined;
    private static SupervisorProcess supervisor;
    private static HomeAssistant core;
    private static CoreBackups backups;
    private static Path note;

    @BeforeAll
    static void join() throws Exception {
        joined = JoinedCore.in(
                folder,
                CoreHome.fresh()
                        .unrecorded()
                        .withHistory()
                        .with("broker", "")
                        // In a simulated pod nothing can be run.
                        .with("stubborn", "backup_pre: 'true'"));
        supervisor = joined.supervisor();
        core = joined.core();
        backups = new CoreBackups(core);
        note = Files.createDirectories(supervisor.share().resolve("share")).resolve("note.txt");
        Files.writeString(note, "kept");
    }

    @AfterAll
    static void leave() throws Exception {
        if (joined != null) {
            joined.close();
        }
    }

    @AfterEach
    void clear() throws Exception {
        for (JsonObject backup : backups.all()) {
            backups.delete(backup);
        }
    }

    @Test
    void aBackupIsMadeListedOpenedByCoreAndDeleted() throws Exception {
        JsonObject backup = backups.make(BROKER);
        JsonObject place = CoreBackups.place(backup);

        assertEquals("By Core", backup.get("name").getAsString());
        assertTrue(backup.get("homeassistant_included").getAsBoolean(), backup.toString());
        assertTrue(backup.get("database_included").getAsBoolean(), backup.toString());
        assertEquals(Set.of(BROKER), CoreBackups.slugs(backup, "addons"));
        assertTrue(place.get("protected").getAsBoolean(), backup.toString());
        assertEquals(Set.of(), CoreBackups.slugs(backup, "failed_addons"));
        assertEquals(0, backup.getAsJsonArray("failed_folders").size(), backup.toString());

        HttpResponse<byte[]> sealed = core.get(CoreBackups.download(backup));
        assertEquals(200, sealed.statusCode());
        assertEquals(place.get("size").getAsLong(), sealed.body().length);
        // Core opens every part with upstream's own library.
        HttpResponse<byte[]> opened = core.get(CoreBackups.download(backup) + "&password=open%20sesame");
        assertEquals(200, opened.statusCode());
        assertTrue(text(opened).matches("(?s).*\"protected\": ?false.*"), "it is not opened");
        assertFalse(text(opened).contains("SecureTar"));

        backups.delete(backup);

        assertEquals(List.of(), backups.all());
        try (var left = Files.list(supervisor.share().resolve("backup"))) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void aBackupThatAPersonUploadsIsListedAndComesBackAsItIs() throws Exception {
        byte[] archive = ArchiveFixtures.bytes(ArchiveFixtures.FULL);

        HttpResponse<byte[]> answer = core.post(
                "/api/backup/upload?agent_id=" + CoreBackups.AGENT, CoreBackups.form(archive), CoreBackups.FORM);

        assertEquals(201, answer.statusCode(), text(answer));
        JsonObject backup = backups.all().getFirst();
        assertEquals("e8c0675c", CoreBackups.id(backup));
        assertArrayEquals(archive, core.get(CoreBackups.download(backup)).body());
        backups.delete(backup);
        assertTrue(supervisor.get("/backups").body().contains("\"backups\":[]"));
    }

    @Test
    void theHistoryIsHeldStillWhileItIsCopied() throws Exception {
        HttpResponse<byte[]> said = core.post(
                "/api/states/sensor.note",
                "{\"state\": \"written before\"}".getBytes(StandardCharsets.UTF_8),
                "application/json");
        assertEquals(201, said.statusCode(), text(said));
        int earlier = core.log().length();

        JsonObject backup = backups.make(BROKER);

        String log = core.log().substring(earlier);
        int locked = log.indexOf("Backup start notification, locking database for writes");
        int released = log.indexOf("Backup end notification, releasing write lock");
        assertTrue(locked >= 0 && released > locked, log);
        assertEquals(List.of(), core.logged("homeassistant.components.recorder", "WARNING", "ERROR", "CRITICAL"));
        assertEquals(0, joined.times("was not told that its backup has ended"));
        // The lock has Core write all that it knows into the file itself.
        assertEquals(List.of("written before"), CoreHistory.states(database(backup), "sensor.note"));
    }

    @Test
    void anAppThatCannotPrepareItselfIsNamedAndTheRestIsThere() throws Exception {
        JsonObject backup = backups.make(BROKER, STUBBORN);

        assertEquals(Set.of(STUBBORN), CoreBackups.slugs(backup, "failed_addons"));
        assertEquals(Set.of(BROKER), CoreBackups.slugs(backup, "addons"));
        assertTrue(backup.get("homeassistant_included").getAsBoolean(), backup.toString());
        assertEquals("[\"share\",\"ssl\"]", backup.getAsJsonArray("folders").toString());
        assertEquals("started", state(STUBBORN));
    }

    @Test
    void aWrongPasswordIsCoresOwnErrorAndRestoresNothing() throws Exception {
        JsonObject backup = backups.make(BROKER);
        Files.writeString(note, "later");

        assertRefused("password_incorrect", () -> backups.restore(backup, BROKER, "wrong"));
        assertRefused("password_incorrect", () -> backups.tryPassword(backup, "wrong"));
        backups.tryPassword(backup, CoreBackups.PASSWORD);

        assertEquals("later", Files.readString(note));
        assertEquals("idle", backups.info().get("state").getAsString());
        assertEquals("running", supervisor.get("/info").data().get("state").getAsString());
    }

    @Test
    void thePageOfOneBackupSaysWhatTheListSays() throws Exception {
        assertEquals(
                "[{\"agent_id\":\"hassio.local\",\"name\":\"local\"}]",
                core.command("backup/agents/info", Map.of())
                        .getAsJsonObject()
                        .get("agents")
                        .toString());
        JsonObject backup = backups.make(BROKER);

        JsonObject details = core.command("backup/details", Map.of("backup_id", CoreBackups.id(backup)))
                .getAsJsonObject();

        assertEquals(0, details.getAsJsonObject("agent_errors").size(), details.toString());
        assertEquals(backup, details.get("backup"));
        JsonObject unknown =
                core.command("backup/details", Map.of("backup_id", "0badcafe")).getAsJsonObject();
        assertEquals(0, unknown.getAsJsonObject("agent_errors").size(), unknown.toString());
        assertTrue(unknown.get("backup").isJsonNull(), unknown.toString());
    }

    @Test
    void ofBackupsWithoutAPersonTheNewestStay() throws Exception {
        JsonObject byAPerson = backups.make(BROKER);
        core.command(
                "backup/config/update",
                Map.of(
                        "create_backup",
                        Map.of(
                                "agent_ids",
                                List.of(CoreBackups.AGENT),
                                "include_addons",
                                List.of(BROKER),
                                "include_database",
                                false,
                                "password",
                                CoreBackups.PASSWORD),
                        "retention",
                        Map.of("copies", 1)));
        JsonObject first = backups.makeAutomatic();
        assertTrue(first.get("with_automatic_settings").getAsBoolean(), first.toString());
        assertTrue(CoreBackups.place(first).get("protected").getAsBoolean(), first.toString());
        assertFalse(first.get("database_included").getAsBoolean(), first.toString());

        JsonObject second = backups.makeAutomatic();

        assertEquals(
                Set.of(CoreBackups.id(byAPerson), CoreBackups.id(second)),
                Set.copyOf(backups.all().stream().map(CoreBackups::id).toList()));
        assertFalse(backups.info().get("last_completed_automatic_backup").isJsonNull());
        assertEquals(
                404,
                supervisor.get("/backups/" + CoreBackups.id(first) + "/info").status());
    }

    @Test
    void thePageShowsHowFarABackupIs() throws Exception {
        try (CoreSocket.Open page = backups.open()) {
            backups.make(BROKER);
            core.await("the end on the page", JoinedCore.LIMIT, () -> values(page, "state")
                    .contains("completed"));

            List<String> bySupervisor = values(page, "stage").stream()
                    .filter(List.of("home_assistant", "addons", "folders", "finishing_file")::contains)
                    .distinct()
                    .toList();
            assertEquals(List.of("home_assistant", "addons", "folders", "finishing_file"), bySupervisor);
        }
    }

    /** Of one field of all events of the page, without those in which it is null. */
    private static List<String> values(CoreSocket.Open page, String field) {
        return page.events().stream()
                .filter(event -> event.has(field) && !event.get(field).isJsonNull())
                .map(event -> event.get(field).getAsString())
                .toList();
    }

    private static void assertRefused(String code, Executable question) {
        String answer = assertThrows(IOException.class, question).getMessage();
        assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
    }

    private static String state(String app) throws IOException {
        JsonElement state = supervisor.get("/addons/" + app + "/info").data().get("state");
        return state.getAsString();
    }

    /** That of Core, as it is in the backup. */
    private static Path database(JsonObject backup) throws Exception {
        Path archive = Files.write(
                folder.resolve("downloaded.tar"),
                core.get(CoreBackups.download(backup)).body());
        Path home = Files.createDirectory(folder.resolve("unpacked"));
        try (ArchiveReader reader = ArchiveReader.open(archive)) {
            var unused = reader.unpack("homeassistant", true, Password.of(CoreBackups.PASSWORD), home, warning -> {});
        }
        return home.resolve("data/home-assistant_v2.db");
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.ISO_8859_1);
    }
}
