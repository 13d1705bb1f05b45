package hakube.discovery;

import jakarta.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * One announcement; an app has at most one of each service. Its content is never to be logged, it may hold a password.
 *
 * @param uuid 32 hex digits, stays when the content changes
 * @param app full slug
 * @param service name of Core's integration, such as {@code mqtt}
 */
public record Message(String uuid, String app, String service, JsonObject config) {

    static Message fresh(String app, String service, JsonObject config) {
        return new Message(UUID.randomUUID().toString().replace("-", ""), app, service, config);
    }

    boolean isOf(String otherApp, String otherService) {
        return app.equals(otherApp) && service.equals(otherService);
    }

    Message with(JsonObject changed) {
        return new Message(uuid, app, service, changed);
    }

    /** @param appKey {@code addon} in v1, {@code app} in v2 and in the file */
    Map<String, Object> wire(String appKey) {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put(appKey, app);
        wire.put("service", service);
        wire.put("uuid", uuid);
        wire.put("config", config);
        return wire;
    }

    @Override
    public String toString() {
        return "Message[uuid=" + uuid + ", app=" + app + ", service=" + service + "]";
    }
}
