package hakube.services;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** {@code services.json}, in upstream's shape: an object of each kind, empty when nobody provides it. Disk before memory. */
final class ServicesFile {

    private static final Logger LOG = Logger.getLogger(ServicesFile.class.getName());
    private static final String APP = "app";
    /** Of {@link #APP} before 2026-05. */
    private static final String ADDON = "addon";

    private final Events events;
    private final StateFile<JsonObject> file;
    private final ReentrantLock writing = new ReentrantLock();
    private volatile Map<ServiceKind, ServiceData> provided = Map.of();

    ServicesFile(Folders folders, Events events) {
        this.events = events;
        this.file = new StateFile<>(folders.of("services.json"), JsonObject.class);
    }

    /** Reads the file; data that does not fit its kind counts as absent. */
    void load() {
        Map<ServiceKind, ServiceData> read = new EnumMap<>(ServiceKind.class);
        file.read(this::damaged).ifPresent(document -> {
            for (ServiceKind kind : ServiceKind.values()) {
                read(kind, document.get(kind.slug())).ifPresent(data -> read.put(kind, data));
            }
        });
        provided = read;
    }

    Optional<ServiceData> find(ServiceKind kind) {
        return Optional.ofNullable(provided.get(kind));
    }

    /** @param change of a copy; what it throws ends the change, nothing is written then */
    void change(Consumer<Map<ServiceKind, ServiceData>> change) {
        writing.lock();
        try {
            Map<ServiceKind, ServiceData> changed = new EnumMap<>(ServiceKind.class);
            changed.putAll(provided);
            change.accept(changed);
            if (!changed.equals(provided)) {
                file.write(json(changed));
                provided = changed;
            }
        } finally {
            writing.unlock();
        }
    }

    private static JsonObject json(Map<ServiceKind, ServiceData> all) {
        JsonObjectBuilder document = Json.createObjectBuilder();
        for (ServiceKind kind : ServiceKind.values()) {
            Map<String, Object> data = all.containsKey(kind) ? all.get(kind).wire(APP) : Map.of();
            document.add(kind.slug(), Json.createObjectBuilder(data));
        }
        return document.build();
    }

    private static Optional<ServiceData> read(ServiceKind kind, JsonValue value) {
        if (!(value instanceof JsonObject object) || object.isEmpty()) {
            return Optional.empty();
        }
        String key = object.containsKey(APP) ? APP : ADDON;
        try {
            Body body =
                    Body.of(Json.createObjectBuilder(object).remove(key).build().toString());
            Map<String, Object> values = kind.read(body);
            body.check();
            if (object.get(key) instanceof JsonString app) {
                return Optional.of(new ServiceData(app.getString(), values));
            }
        } catch (ApiFailure.BadRequest unfit) {
            // Told below: the words quote what is there, and that may be a password.
        }
        LOG.warning(() -> "What services.json says of " + kind.slug() + " cannot be used");
        return Optional.empty();
    }

    private void damaged(Path aside) {
        events.fire(SupervisorEvent.IssueFound.damagedFile(
                aside,
                "system",
                "The data of services was damaged and set aside; each is there again once its provider starts anew"));
    }
}
