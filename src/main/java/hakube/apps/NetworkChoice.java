package hakube.apps;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.ports.ExternalPort;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The key {@code network} of an app's options: the port outside by container port. */
final class NetworkChoice {

    private static final String KEY = "network";
    private static final Pattern CONTAINER_PORT = Pattern.compile("[0-9]+(?:/tcp|/udp)?");

    private NetworkChoice() {}

    /**
     * Reads it; ports that the app does not have are dropped, as upstream does. Faults of form are noted in the body.
     *
     * @return empty: not asked for; an empty choice: back to the manifest's ports
     * @throws ApiFailure.BadRequest when two ports of the app would be one outside
     */
    static Optional<Optional<Map<String, Integer>>> of(Body body, InstalledApp app) {
        Optional<JsonValue> given = body.any(KEY);
        if (given.isEmpty()) {
            return Optional.empty();
        } else if (given.get().getValueType() == JsonValue.ValueType.NULL) {
            return Optional.of(Optional.empty());
        }
        return body.part(KEY).map(ports -> Optional.of(chosen(ports, app)));
    }

    private static Map<String, Integer> chosen(Body ports, InstalledApp app) {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        ports.entries().forEach((key, value) -> {
            if (CONTAINER_PORT.matcher(key).matches()) {
                Integer port = null;
                if (ports.has(key) && value.getValueType() != JsonValue.ValueType.NULL) {
                    var given = ports.number(key, 1, ExternalPort.HIGHEST);
                    port = given.isPresent() ? Integer.valueOf(given.getAsInt()) : null;
                }
                if (app.manifest().network().ports().containsKey(key)) {
                    chosen.put(key, port);
                }
            }
        });
        // Makes nothing, but refuses one port outside for two.
        var unused = app.with(app.user().withNetwork(Optional.of(chosen))).published();
        return chosen;
    }
}
