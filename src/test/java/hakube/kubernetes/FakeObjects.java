package hakube.kubernetes;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** The stored objects of a {@link FakeCluster}, as JSON, with what an API server adds to them. */
final class FakeObjects {

    private final Map<String, Map<String, JsonObject>> stored = new HashMap<>();
    private final Map<String, JsonObject> lastApplied = new HashMap<>();
    private long version = 100;
    private int addresses;

    Optional<JsonObject> find(String plural, String name) {
        return Optional.ofNullable(table(plural).get(name)).map(JsonObject::deepCopy);
    }

    List<JsonObject> all(String plural) {
        return table(plural).values().stream().map(JsonObject::deepCopy).toList();
    }

    JsonObject apply(String plural, JsonObject desired, boolean dryRun) {
        String name = name(desired);
        JsonObject live = find(plural, name).orElseGet(JsonObject::new);
        JsonObject last = lastApplied.getOrDefault(plural + "/" + name, new JsonObject());
        ThreeWay.apply(live, last, desired);
        if (!dryRun) {
            lastApplied.put(plural + "/" + name, desired.deepCopy());
            store(plural, live);
        }
        return live;
    }

    JsonObject patch(String plural, String name, JsonObject patch) {
        JsonObject live = find(plural, name).orElseThrow();
        ThreeWay.patch(live, patch);
        return store(plural, live);
    }

    /** By another manager than the applies: these forget that they ever set the count. */
    JsonObject scale(String plural, String name, int replicas) {
        JsonObject applied = lastApplied.get(plural + "/" + name);
        if (applied != null && applied.get("spec") instanceof JsonObject spec) {
            spec.remove("replicas");
        }
        return patch(
                plural,
                name,
                JsonParser.parseString("{\"spec\":{\"replicas\":" + replicas + "}}")
                        .getAsJsonObject());
    }

    /** Stores as given, with a new version, and a UID and a time when it is new. */
    JsonObject store(String plural, JsonObject object) {
        JsonObject metadata = object.getAsJsonObject("metadata");
        metadata.addProperty("resourceVersion", Long.toString(++version));
        if (!metadata.has("uid")) {
            metadata.addProperty("uid", UUID.randomUUID().toString());
            metadata.addProperty("creationTimestamp", Instant.now().toString());
        }
        addDefaults(plural, object);
        table(plural).put(name(object), object.deepCopy());
        return object;
    }

    /** Removes it and what it owns; the removed ones, each with its plural in front. */
    List<Map.Entry<String, JsonObject>> remove(String plural, String name) {
        JsonObject removed = table(plural).remove(name);
        if (removed == null) {
            return List.of();
        }
        lastApplied.remove(plural + "/" + name);
        removed.getAsJsonObject("metadata").addProperty("resourceVersion", Long.toString(++version));
        List<Map.Entry<String, JsonObject>> gone = new ArrayList<>(List.of(Map.entry(plural, removed)));
        String uid = removed.getAsJsonObject("metadata").get("uid").getAsString();
        Map.copyOf(stored).forEach((table, objects) -> List.copyOf(objects.values()).stream()
                .filter(object -> isOwned(object, uid))
                .forEach(object -> gone.addAll(remove(table, name(object)))));
        return gone;
    }

    String nextAddress() {
        addresses++;
        return "127.99." + addresses / 256 + "." + addresses % 256;
    }

    static String name(JsonObject object) {
        return object.getAsJsonObject("metadata").get("name").getAsString();
    }

    private void addDefaults(String plural, JsonObject object) {
        if (plural.equals("deployments") || plural.equals("statefulsets")) {
            JsonObject spec = child(object, "spec");
            if (!spec.has("replicas")) {
                spec.addProperty("replicas", 1);
            }
        }
        if (plural.equals("services")) {
            JsonObject spec = child(object, "spec");
            boolean isName =
                    spec.has("type") && "ExternalName".equals(spec.get("type").getAsString());
            if (!isName && !spec.has("clusterIP")) {
                spec.addProperty("clusterIP", nextAddress());
            }
        }
    }

    private static JsonObject child(JsonObject object, String key) {
        if (!object.has(key)) {
            object.add(key, new JsonObject());
        }
        return object.getAsJsonObject(key);
    }

    private static boolean isOwned(JsonObject object, String uid) {
        JsonElement owners = object.getAsJsonObject("metadata").get("ownerReferences");
        return owners != null
                && owners.getAsJsonArray().asList().stream()
                        .map(owner -> owner.getAsJsonObject().get("uid"))
                        .anyMatch(id -> id != null && uid.equals(id.getAsString()));
    }

    private Map<String, JsonObject> table(String plural) {
        return stored.computeIfAbsent(plural, any -> new TreeMap<>());
    }
}
