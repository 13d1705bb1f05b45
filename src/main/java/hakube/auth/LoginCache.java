package hakube.auth;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Log-ins that Core found good: {@code auth.json}, hash of the name to hash of the password. Once there are {@link #MOST}, a new
 * one takes the place of the one that was learnt first.
 */
@Singleton
final class LoginCache {

    static final int MOST = 1000;

    private static final Logger LOG = Logger.getLogger(LoginCache.class.getName());

    private final Events events;
    private final StateFile<JsonObject> file;
    private final ReentrantLock changing = new ReentrantLock();
    /** Oldest first; never changed, only replaced. */
    private volatile Map<String, String> known = Map.of();

    @Inject
    LoginCache(Folders folders, Events events) {
        this.events = events;
        this.file = new StateFile<>(folders.of("auth.json"), JsonObject.class);
    }

    /** Reads the file; what is no hash is left out. */
    void load() {
        Map<String, String> read = new LinkedHashMap<>();
        file.read(this::damaged)
                .ifPresent(document -> document.forEach((name, value) -> {
                    if (value instanceof JsonString password
                            && LoginHash.FORM.matcher(name).matches()
                            && LoginHash.FORM.matcher(password.getString()).matches()) {
                        put(read, name, password.getString());
                    }
                }));
        known = read;
    }

    boolean holds(Credentials credentials) {
        String password = known.get(LoginHash.ofUsername(credentials.username()));
        return password != null && MessageDigest.isEqual(bytes(password), bytes(LoginHash.ofPassword(credentials)));
    }

    void put(Credentials credentials) {
        change(entries ->
                put(entries, LoginHash.ofUsername(credentials.username()), LoginHash.ofPassword(credentials)));
    }

    /** Forgets these, if they are what is known of the user. */
    void remove(Credentials credentials) {
        change(entries ->
                entries.remove(LoginHash.ofUsername(credentials.username()), LoginHash.ofPassword(credentials)));
    }

    /** Forgets whatever is known of that user. */
    void forget(String username) {
        change(entries -> entries.remove(LoginHash.ofUsername(username)));
    }

    /** @throws UncheckedIOException nothing is forgotten then */
    void clear() {
        changing.lock();
        try {
            write(Map.of());
            known = Map.of();
        } finally {
            changing.unlock();
        }
    }

    /** Memory first: a log-in must not fail because the disk does. */
    private void change(Consumer<Map<String, String>> change) {
        changing.lock();
        try {
            Map<String, String> changed = new LinkedHashMap<>(known);
            change.accept(changed);
            if (!changed.equals(known)) {
                known = changed;
                write(changed);
            }
        } catch (UncheckedIOException e) {
            LOG.log(Level.WARNING, "What is known of log-ins was not saved", e);
        } finally {
            changing.unlock();
        }
    }

    private void write(Map<String, String> entries) {
        JsonObjectBuilder document = Json.createObjectBuilder();
        entries.forEach(document::add);
        file.write(document.build());
    }

    private void damaged(Path aside) {
        events.fire(SupervisorEvent.IssueFound.damagedFile(
                aside, "system", "What is known of log-ins was damaged and set aside; Core is asked again"));
    }

    private static void put(Map<String, String> entries, String name, String password) {
        if (password.equals(entries.get(name))) {
            return;
        }
        entries.remove(name);
        entries.put(name, password);
        if (entries.size() > MOST) {
            entries.remove(entries.keySet().iterator().next());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
