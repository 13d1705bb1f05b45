package hakube.discovery;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;

/** {@code discovery.json} in upstream's shape: {@code {"discovery": [{app, service, uuid, config}]}}. */
final class DiscoveryFile {

    private static final Logger LOG = Logger.getLogger(DiscoveryFile.class.getName());
    private static final String MESSAGES = "discovery";
    private static final String APP = "app";
    /** Of {@link #APP} before 2026-05. */
    private static final String ADDON = "addon";

    private final Events events;
    private final StateFile<JsonObject> file;

    DiscoveryFile(Folders folders, Events events) {
        this.events = events;
        this.file = new StateFile<>(folders.of("discovery.json"), JsonObject.class);
    }

    /** All messages, oldest first; one that does not fit is left out. */
    List<Message> read() {
        List<Message> messages = new ArrayList<>();
        JsonValue list =
                file.read(this::damaged).map(document -> document.get(MESSAGES)).orElse(JsonValue.EMPTY_JSON_ARRAY);
        if (list instanceof JsonArray array) {
            array.forEach(value -> message(value)
                    .ifPresentOrElse(
                            messages::add,
                            () -> LOG.warning("A message of discovery.json is left out: it lacks a key")));
        }
        return messages;
    }

    void write(List<Message> messages) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        messages.forEach(message -> array.add(Json.createObjectBuilder(message.wire(APP))));
        file.write(Json.createObjectBuilder().add(MESSAGES, array).build());
    }

    private static Optional<Message> message(JsonValue value) {
        if (value instanceof JsonObject object
                && object.get("uuid") instanceof JsonString uuid
                && uuid.getString().matches("[0-9a-f]{32}")
                && object.getOrDefault(APP, object.get(ADDON)) instanceof JsonString app
                && object.get("service") instanceof JsonString service
                && object.containsKey("config")) {
            JsonObject config = object.get("config") instanceof JsonObject known ? known : JsonValue.EMPTY_JSON_OBJECT;
            return Optional.of(new Message(uuid.getString(), app.getString(), service.getString(), config));
        }
        return Optional.empty();
    }

    private void damaged(Path aside) {
        events.fire(SupervisorEvent.IssueFound.damagedFile(
                aside,
                "system",
                "The announcements of apps were damaged and set aside; each is there again once its app starts anew"));
    }
}
