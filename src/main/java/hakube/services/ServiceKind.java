package hakube.services;

import hakube.api.Body;
import hakube.ports.ExternalPort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of service, with the data that a provider tells (upstream {@code supervisor/services/modules}, 2026-08). */
enum ServiceKind {
    MQTT,
    MYSQL;

    private static final List<String> PROTOCOLS = List.of("3.1", "3.1.1");
    private static final String USUAL_PROTOCOL = "3.1.1";

    static Optional<ServiceKind> of(String slug) {
        return Stream.of(values()).filter(kind -> kind.slug().equals(slug)).findFirst();
    }

    /** The word in paths, manifests and files. */
    String slug() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Asks for every key of this kind; worth something only once {@link Body#check()} has passed. */
    Map<String, Object> read(Body body) {
        Map<String, Object> data = new LinkedHashMap<>();
        body.require("host").text("host").ifPresent(host -> data.put("host", host));
        body.require("port").number("port", 1, ExternalPort.HIGHEST).ifPresent(port -> data.put("port", port));
        body.text("username").ifPresent(username -> data.put("username", username));
        body.text("password").ifPresent(password -> data.put("password", password));
        if (this == MQTT) {
            data.put("ssl", body.lenientBool("ssl").orElse(false));
            data.put("protocol", protocol(body));
        }
        return data;
    }

    /** First a text, then one of the words: two faults in upstream's language. */
    private static String protocol(Body body) {
        return body.text("protocol").isPresent()
                ? body.oneOf("protocol", PROTOCOLS).orElse(USUAL_PROTOCOL)
                : USUAL_PROTOCOL;
    }
}
