package hakube.apps;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.ports.ExternalPort;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The key {@code network} of an app's options: the port outside by container port. */
final class NetworkChoice {

    private static final String KEY = "network";
    private static final Pattern CONTAINER_PORT = Pattern.compile("[0-9]+(?:/tcp|/udp)?");
    private static final int HIGHEST_PORT = 65535;

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
                    port = ports.number(key, 1, HIGHEST_PORT).orElse(0);
                }
                if (app.manifest().network().ports().containsKey(key)) {
                    chosen.put(key, port);
                }
            }
        });
        refuseShared(app.with(app.user().withNetwork(Optional.of(chosen))));
        return chosen;
    }

    /** One port outside cannot lead to two. */
    private static void refuseShared(InstalledApp app) {
        Map<ExternalPort, String> taken = new HashMap<>();
        app.network().forEach((key, outside) -> {
            if (outside != null && outside > 0) {
                ExternalPort port =
                        new ExternalPort(outside, AppPorts.containerPort(key).protocol());
                String other = taken.putIfAbsent(port, key);
                if (other != null) {
                    throw new ApiFailure.BadRequest(
                            "Port " + port.number() + "/" + port.protocol().word() + " is given to both " + other
                                    + " and " + key + " @ data['network']");
                }
            }
        });
    }
}
