package hakube.apps;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The ports of apps that let the Supervisor choose one for ingress; kept in {@code ingress.json} until uninstall. */
@Singleton
final class IngressPorts {

    private static final String PORTS = "ports";
    private static final int FIRST = 62000;
    private static final int LAST = 65500;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final IngressFile file;

    @Inject
    IngressPorts(IngressFile file) {
        this.file = file;
    }

    /** The port that ingress dials: the manifest's, or the saved one; empty without ingress, and before one was chosen. Writes nothing. */
    Optional<Integer> known(InstalledApp app) {
        var web = app.manifest().web();
        if (!web.ingress()) {
            return Optional.empty();
        }
        return web.ingressPort() == 0 ? saved(app.slug()) : Optional.of(web.ingressPort());
    }

    /** The same, chosen now if there is none; 0 without ingress. For whoever makes the pod. */
    int claim(InstalledApp app) {
        if (!app.manifest().web().ingress()) {
            return 0;
        }
        return known(app).orElseGet(() -> choose(app.slug()));
    }

    /** Frees a saved port. */
    void release(String slug) {
        file.change(content -> {
            JsonObject ports = ports(content);
            return ports.containsKey(slug)
                    ? with(content, Json.createObjectBuilder(ports).remove(slug))
                    : content;
        });
    }

    private Optional<Integer> saved(String slug) {
        return ports(file.content()).get(slug) instanceof JsonNumber port
                ? Optional.of(port.intValue())
                : Optional.empty();
    }

    /** The one that another thread chose meanwhile, if one did. */
    private int choose(String slug) {
        file.change(content -> {
            JsonObject ports = ports(content);
            return ports.get(slug) instanceof JsonNumber
                    ? content
                    : with(content, Json.createObjectBuilder(ports).add(slug, free(ports)));
        });
        return saved(slug).orElseThrow();
    }

    private static int free(JsonObject ports) {
        Set<Integer> taken = new HashSet<>();
        for (JsonValue port : ports.values()) {
            if (port instanceof JsonNumber number) {
                taken.add(number.intValue());
            }
        }
        int port = FIRST + RANDOM.nextInt(LAST - FIRST + 1);
        while (taken.contains(port)) {
            port = port == LAST ? FIRST : port + 1;
        }
        return port;
    }

    private static JsonObject ports(JsonObject content) {
        return content.get(PORTS) instanceof JsonObject ports ? ports : JsonValue.EMPTY_JSON_OBJECT;
    }

    private static JsonObject with(JsonObject content, JsonObjectBuilder ports) {
        return Json.createObjectBuilder(content).add(PORTS, ports).build();
    }
}
