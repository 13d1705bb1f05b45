package hakube.discovery;

import hakube.api.ApiFailure;
import hakube.api.Body;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.Optional;

/** What an app sends to announce something; its limits keep one app from filling the file or making it unreadable. */
record DiscoveryRequest(String service, JsonObject config) {

    /** Characters; real ones have some hundred. */
    static final int LARGEST = 1 << 16;

    /** Levels of the content; the file, in which it lies deeper, must stay below what the parser takes. */
    static final int DEEPEST = 64;

    /** @throws ApiFailure.BadRequest the body does not fit, in upstream's words, or goes beyond a limit */
    static DiscoveryRequest of(String text) {
        if (text != null && text.length() > LARGEST) {
            throw new ApiFailure.BadRequest("The discovery message is too large: " + text.length()
                    + " characters, at most " + LARGEST + " are allowed");
        }
        Body body = Body.of(text);
        Optional<String> service = body.require("service").text("service");
        Optional<JsonObject> config = body.require("config").object("config");
        body.check();
        if (isDeeperThan(DEEPEST, config.orElseThrow())) {
            throw new ApiFailure.BadRequest(
                    "The discovery message is nested too deep, at most " + DEEPEST + " levels are allowed");
        }
        return new DiscoveryRequest(service.orElseThrow(), config.orElseThrow());
    }

    private static boolean isDeeperThan(int levels, JsonValue value) {
        return switch (value) {
            case JsonObject object -> levels == 0 || isAnyDeeperThan(levels - 1, object.values());
            case JsonArray array -> levels == 0 || isAnyDeeperThan(levels - 1, array);
            default -> false;
        };
    }

    private static boolean isAnyDeeperThan(int levels, Collection<JsonValue> values) {
        return values.stream().anyMatch(value -> isDeeperThan(levels, value));
    }
}
