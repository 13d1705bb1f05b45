package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.testing.CoreSocket;
import hakube.testing.HomeAssistant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The backup page of a real Home Assistant Core, as a browser asks for it. */
record CoreBackups(HomeAssistant core) {

    /** The Supervisor's own place of backups, in Core's words. */
    static final String AGENT = "hassio.local";

    static final String PASSWORD = "open sesame";

    private static final String BOUNDARY = "5ad0c1f2b3";

    /** Type of {@link #form}. */
    static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;

    /** Has Core make a backup of itself, of these apps and of folder {@code share}, and returns it when it is there. */
    JsonObject make(String... apps) throws IOException {
        Set<String> before = ids();
        core.command(
                "backup/generate",
                Map.of(
                        "agent_ids",
                        List.of(AGENT),
                        "include_addons",
                        List.of(apps),
                        "include_database",
                        true,
                        "include_folders",
                        List.of("share"),
                        "include_homeassistant",
                        true,
                        "name",
                        "By Core",
                        "password",
                        PASSWORD));
        return added(before);
    }

    /** Has Core make one of what a person has chosen for all that are made without one, and returns it when it is there. */
    JsonObject makeAutomatic() throws IOException {
        Set<String> before = ids();
        core.command("backup/generate_with_automatic_settings", Map.of());
        return added(before);
    }

    private JsonObject added(Set<String> before) throws IOException {
        awaitEnd("create_backup");
        return all().stream()
                .filter(backup -> !before.contains(id(backup)))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Asks for all that {@link #make} has put in with one app, and returns when that is over.
     *
     * @throws IOException Core refuses, with its answer, or ends meanwhile
     */
    void restore(JsonObject backup, String app, String password) throws IOException {
        Map<String, Object> wanted = restoring(id(backup), app, password);
        wanted.put("restore_homeassistant", true);
        core.command("backup/restore", wanted);
    }

    /** What a restore is asked for everywhere: all that {@link #make} has put in with one app. */
    static Map<String, Object> restoring(String backup, String app, String password) {
        return new HashMap<>(Map.of(
                "agent_id",
                AGENT,
                "backup_id",
                backup,
                "password",
                password,
                "restore_addons",
                List.of(app),
                "restore_database",
                true,
                "restore_folders",
                List.of("share")));
    }

    /** @throws IOException Core refuses, with its answer */
    void tryPassword(JsonObject backup, String password) throws IOException {
        core.command(
                "backup/can_decrypt_on_download",
                Map.of("agent_id", AGENT, "backup_id", id(backup), "password", password));
    }

    void delete(JsonObject backup) throws IOException {
        core.command("backup/delete", Map.of("backup_id", id(backup)));
    }

    /** Opens the page, which is told how things go for as long as it is open. */
    CoreSocket.Open open() throws IOException {
        return core.subscribe("backup/subscribe_events");
    }

    /** Returns when the last thing that Core did with a backup was this, and went well. */
    void awaitEnd(String manager) throws IOException {
        try (CoreSocket.Open page = open()) {
            // The page is not told what was over before it was opened.
            if (!isEnd(lastEvent(), manager)) {
                core.await("the end of " + manager, JoinedCore.RESTART, () -> page.events().stream()
                        .anyMatch(event -> isEnd(event, manager)));
            }
        }
        assertEquals("completed", lastEvent().get("state").getAsString(), core::log);
    }

    private static boolean isEnd(JsonObject event, String manager) {
        return event.has("state")
                && event.get("manager_state").getAsString().equals(manager)
                && List.of("completed", "failed").contains(event.get("state").getAsString());
    }

    List<JsonObject> all() throws IOException {
        JsonObject info = info();
        assertEquals(0, info.getAsJsonObject("agent_errors").size(), info.toString());
        return StreamSupport.stream(info.getAsJsonArray("backups").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    JsonObject info() throws IOException {
        return core.command("backup/info", Map.of()).getAsJsonObject();
    }

    private Set<String> ids() throws IOException {
        return all().stream().map(CoreBackups::id).collect(Collectors.toSet());
    }

    /** What a browser sends for a file that a person has picked. */
    static byte[] form(byte[] archive) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"mine.tar\"\r\n"
                                + "Content-Type: application/x-tar\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(archive);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    /** Where Core has the archive, for its owner. */
    static String download(JsonObject backup) {
        return "/api/backup/download/" + id(backup) + "?agent_id=" + AGENT;
    }

    /** The Supervisor's slug. */
    static String id(JsonObject backup) {
        return backup.get("backup_id").getAsString();
    }

    /** @param list {@code addons} or {@code failed_addons} */
    static Set<String> slugs(JsonObject backup, String list) {
        Set<String> slugs = new TreeSet<>();
        backup.getAsJsonArray(list)
                .forEach(app -> slugs.add(app.getAsJsonObject().get("slug").getAsString()));
        return slugs;
    }

    /** How it is at the agent. */
    static JsonObject place(JsonObject backup) {
        return backup.getAsJsonObject("agents").getAsJsonObject(AGENT);
    }

    /** How it went, or goes; without fields as long as there was nothing. */
    private JsonObject lastEvent() throws IOException {
        JsonElement event = info().get("last_action_event");
        return event.isJsonNull() ? new JsonObject() : event.getAsJsonObject();
    }
}
