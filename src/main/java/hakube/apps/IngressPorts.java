package hakube.apps;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.storage.StateFile;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The ports of apps that let the Supervisor choose one for ingress; kept in {@code ingress.json} until uninstall. */
@Singleton
final class IngressPorts {

    private static final int FIRST = 62000;
    private static final int LAST = 65500;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Events events;
    private final StateFile<JsonObject> file;
    private final ReentrantLock lock = new ReentrantLock();

    @Inject
    IngressPorts(Folders folders, Events events) {
        this.events = events;
        this.file = new StateFile<>(folders.of("ingress.json"), JsonObject.class);
    }

    /** The port that ingress dials: 0 without ingress, the manifest's, or the saved one, chosen now if there is none. */
    int of(InstalledApp app) {
        var web = app.manifest().web();
        if (!web.ingress()) {
            return 0;
        }
        return web.ingressPort() == 0 ? saved(app.slug()) : web.ingressPort();
    }

    /** Frees a saved port. */
    void release(String slug) {
        lock.lock();
        try {
            Map<String, Object> content = read();
            Map<String, Object> ports = ports(content);
            if (ports.remove(slug) != null) {
                write(content, ports);
            }
        } finally {
            lock.unlock();
        }
    }

    private int saved(String slug) {
        lock.lock();
        try {
            Map<String, Object> content = read();
            Map<String, Object> ports = ports(content);
            if (ports.get(slug) instanceof Integer port) {
                return port;
            }
            int port = FIRST + RANDOM.nextInt(LAST - FIRST + 1);
            while (ports.containsValue(port)) {
                port = port == LAST ? FIRST : port + 1;
            }
            ports.put(slug, port);
            write(content, ports);
            return port;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Object> read() {
        return file.read(this::damaged).map(JsonValues::plain).orElseGet(LinkedHashMap::new);
    }

    private void damaged(Path aside) {
        events.fire(new SupervisorEvent.IssueFound(
                "corrupt_file",
                "system",
                Optional.of(aside.toString()),
                List.of(),
                "The list of ingress ports was damaged and set aside"));
    }

    private static Map<String, Object> ports(Map<String, Object> content) {
        return content.get("ports") instanceof Map<?, ?> ports
                ? new LinkedHashMap<>(JsonValues.object(ports))
                : new LinkedHashMap<>();
    }

    private void write(Map<String, Object> content, Map<String, Object> ports) {
        Map<String, Object> changed = new LinkedHashMap<>(content);
        changed.put("ports", ports);
        file.write(JsonValues.json(changed));
    }
}
