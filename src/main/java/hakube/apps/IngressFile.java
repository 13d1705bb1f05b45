package hakube.apps;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * {@code ingress.json} in upstream's shape, for the two that keep something there: {@code ports} are of this room,
 * {@code session} and {@code session_data} of the room of ingress. Nobody reads it before storage is there.
 */
@Singleton
public final class IngressFile {

    private final Events events;
    private final StateFile<JsonObject> file;
    private final ReentrantLock lock = new ReentrantLock();
    /** Null until the file was read. */
    private volatile JsonObject content;

    @Inject
    public IngressFile(Folders folders, Events events) {
        this.events = events;
        this.file = new StateFile<>(folders.of("ingress.json"), JsonObject.class);
    }

    /** All of it, from memory but for the first time; a damaged file is set aside and told. */
    public JsonObject content() {
        JsonObject known = content;
        if (known != null) {
            return known;
        }
        lock.lock();
        try {
            if (content == null) {
                content = file.read(this::damaged).orElse(JsonValue.EMPTY_JSON_OBJECT);
            }
            return content;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Replaces it, on disk first; nobody else does meanwhile. Giving back what it got writes nothing.
     *
     * @throws java.io.UncheckedIOException it is as it was
     */
    public void change(UnaryOperator<JsonObject> change) {
        lock.lock();
        try {
            JsonObject before = content();
            JsonObject after = change.apply(before);
            if (after != before) {
                file.write(after);
                content = after;
            }
        } finally {
            lock.unlock();
        }
    }

    private void damaged(Path aside) {
        events.fire(SupervisorEvent.IssueFound.damagedFile(
                aside, "system", "The list of ingress ports and sessions was damaged and set aside"));
    }
}
