package hakube.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;

/** What the API server does with an apply and a merge patch, near enough for tests: maps are merged, lists replaced. */
final class ThreeWay {

    private ThreeWay() {}

    /** An apply: sets what is desired, takes away what the last apply had and this one lacks. */
    static void apply(JsonObject live, JsonObject last, JsonObject desired) {
        for (String key : Set.copyOf(last.keySet())) {
            if (!desired.has(key)) {
                live.remove(key);
            }
        }
        desired.entrySet().forEach(entry -> {
            JsonElement held = live.get(entry.getKey());
            if (held instanceof JsonObject liveMap && entry.getValue() instanceof JsonObject desiredMap) {
                JsonObject lastMap = last.get(entry.getKey()) instanceof JsonObject before ? before : new JsonObject();
                apply(liveMap, lastMap, desiredMap);
            } else {
                live.add(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    /** A merge patch (RFC 7386). */
    static void patch(JsonObject live, JsonObject patch) {
        patch.entrySet().forEach(entry -> {
            if (entry.getValue().isJsonNull()) {
                live.remove(entry.getKey());
            } else if (entry.getValue() instanceof JsonObject patchMap) {
                if (!(live.get(entry.getKey()) instanceof JsonObject)) {
                    live.add(entry.getKey(), new JsonObject());
                }
                patch(live.getAsJsonObject(entry.getKey()), patchMap);
            } else {
                live.add(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }
}
