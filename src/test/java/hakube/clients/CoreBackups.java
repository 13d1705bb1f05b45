package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.testing.HomeAssistant;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The backup page of a real Home Assistant Core, as a browser asks for it. */
record CoreBackups(HomeAssistant core) {

    /** The Supervisor's own place of backups, in Core's words. */
    static final String AGENT = "hassio.local";

    static final String PASSWORD = "open sesame";

    /** Has Core make a backup of itself, of one app and of folder {@code share}, and returns when it is there. */
    JsonObject make(String app) throws IOException {
        core.command(
                "backup/generate",
                Map.of(
                        "agent_ids",
                        List.of(AGENT),
                        "include_addons",
                        List.of(app),
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
        awaitEnd("create_backup");
        return all().getFirst();
    }

    /** Returns when the last thing that Core did with a backup was this, and went well. */
    void awaitEnd(String manager) throws IOException {
        core.await("the end of " + manager, JoinedCore.RESTART, () -> {
            JsonObject event = lastEvent();
            return event.has("manager_state")
                    && event.get("manager_state").getAsString().equals(manager)
                    && List.of("completed", "failed")
                            .contains(event.get("state").getAsString());
        });
        assertEquals("completed", lastEvent().get("state").getAsString(), core.log());
    }

    List<JsonObject> all() throws IOException {
        JsonObject info = core.command("backup/info", Map.of()).getAsJsonObject();
        assertEquals(0, info.getAsJsonObject("agent_errors").size(), info.toString());
        return StreamSupport.stream(info.getAsJsonArray("backups").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** How it went, or goes; without fields as long as there was nothing. */
    private JsonObject lastEvent() throws IOException {
        JsonElement event =
                core.command("backup/info", Map.of()).getAsJsonObject().get("last_action_event");
        return event.isJsonNull() ? new JsonObject() : event.getAsJsonObject();
    }
}
