package hakube.kubernetes;

import com.google.gson.JsonObject;
import hakube.api.ApiFailure;
import io.kubernetes.client.common.KubernetesObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The objects of a {@link FakeCluster}: what is written to them, and what a test does to them as somebody else would. Writes feed
 * the copies at once.
 */
abstract class FakeApi implements Cluster {

    final FakeCalls calls = new FakeCalls();
    private final FakeObjects objects = new FakeObjects();
    private final Map<Kind<?>, Copy<?>> copies = new LinkedHashMap<>();
    private boolean servesCustom = true;

    FakeApi() {
        Trampoline teller = new Trampoline();
        Kind.WATCHED.forEach(kind -> copies.put(kind, new Copy<>(Selection.of(kind), teller)));
    }

    /** After each write, once the listeners were told. */
    abstract void wrote();

    /** Whether custom kinds are known, as they are at first. */
    public void servesCustom(boolean serves) {
        servesCustom = serves;
    }

    /** Puts an object there as somebody else would, status included; no write of ours. */
    public synchronized <T extends KubernetesObject> T put(Kind<T> kind, T object) {
        JsonObject json = json(kind, object);
        objects.find(kind.plural(), FakeObjects.name(json)).ifPresent(live -> {
            JsonObject metadata = json.getAsJsonObject("metadata");
            JsonObject before = live.getAsJsonObject("metadata");
            metadata.add("uid", before.get("uid"));
            metadata.add("creationTimestamp", before.get("creationTimestamp"));
        });
        return store(kind, objects.store(kind.plural(), json));
    }

    /** Takes an object away as somebody else would. */
    public synchronized void remove(Kind<?> kind, String name) {
        objects.remove(kind.plural(), name).forEach(gone -> Kind.WATCHED.stream()
                .filter(watched -> watched.plural().equals(gone.getKey()))
                .forEach(watched -> tellGone(watched, gone.getValue())));
    }

    /** All objects of the kind, without a call. */
    synchronized <T extends KubernetesObject> List<T> all(Kind<T> kind) {
        return objects.all(kind.plural()).stream()
                .map(json -> FakeJson.model(kind, json))
                .toList();
    }

    String nextAddress() {
        return objects.nextAddress();
    }

    @Override
    public String namespace() {
        return "home-assistant";
    }

    @SuppressWarnings("unchecked") // a copy is kept under its own kind
    @Override
    public <T extends KubernetesObject> Copy<T> watched(Kind<T> kind) {
        Copy<T> copy = (Copy<T>) copies.get(kind);
        if (copy == null) {
            throw new IllegalArgumentException(kind.plural() + " are not watched");
        }
        return copy;
    }

    @Override
    public void startWatches(Duration deadline) {
        Kind.WATCHED.forEach(kind -> calls.read("list " + kind.plural()));
    }

    @Override
    public synchronized <T extends KubernetesObject> T apply(Kind<T> kind, T desired) {
        JsonObject json = json(kind, desired);
        String call = text("apply", kind, FakeObjects.name(json));
        calls.write(call);
        T stored = store(kind, objects.apply(kind.plural(), json, false));
        done(call);
        return stored;
    }

    @Override
    public synchronized <T extends KubernetesObject> T applyDryRun(Kind<T> kind, T desired) {
        JsonObject json = json(kind, desired);
        calls.read(text("try", kind, FakeObjects.name(json)));
        return FakeJson.model(kind, objects.apply(kind.plural(), json, true));
    }

    @Override
    public synchronized <T extends KubernetesObject> T create(Kind<T> kind, T desired, boolean dryRun) throws Changed {
        JsonObject json = json(kind, desired);
        String call = text(dryRun ? "try" : "create", kind, FakeObjects.name(json));
        if (dryRun) {
            calls.read(call);
        } else {
            calls.write(call);
        }
        if (objects.find(kind.plural(), FakeObjects.name(json)).isPresent()) {
            throw new Changed(call + ": exists");
        }
        if (dryRun) {
            return FakeJson.model(kind, json);
        }
        T stored = store(kind, objects.store(kind.plural(), json));
        done(call);
        return stored;
    }

    @Override
    public synchronized <T extends KubernetesObject> T swap(Kind<T> kind, T desired) throws Changed {
        JsonObject json = json(kind, desired);
        String name = FakeObjects.name(json);
        String call = text("swap", kind, name);
        calls.write(call);
        String held = version(kind, name);
        if (!held.equals(desired.getMetadata().getResourceVersion())) {
            throw new Changed(call + ": version " + held);
        }
        T stored = store(kind, objects.patch(kind.plural(), name, json));
        done(call);
        return stored;
    }

    @Override
    public synchronized void annotate(Kind<?> kind, String name, Map<String, String> annotations) {
        String call = text("annotate", kind, name);
        calls.write(call);
        requireFound(kind, name);
        store(kind, objects.patch(kind.plural(), name, FakeJson.ofAnnotations(annotations)));
        done(call);
    }

    @Override
    public synchronized void scale(Kind<?> kind, String name, int replicas) {
        String call = text("scale", kind, name) + " " + replicas;
        calls.write(call);
        requireFound(kind, name);
        store(kind, objects.scale(kind.plural(), name, replicas));
        done(call);
    }

    @Override
    public synchronized <T extends KubernetesObject> Optional<T> read(Kind<T> kind, String name) {
        calls.read(text("read", kind, name));
        return objects.find(kind.plural(), name).map(json -> FakeJson.model(kind, json));
    }

    @Override
    public synchronized <T extends KubernetesObject> List<T> list(Kind<T> kind, String selector) {
        calls.read("list " + kind.plural());
        return objects.all(kind.plural()).stream()
                .filter(json -> FakeSelector.matches(selector, json))
                .map(json -> FakeJson.model(kind, json))
                .toList();
    }

    @Override
    public synchronized void delete(Kind<?> kind, String name) {
        String call = text("delete", kind, name);
        calls.write(call);
        remove(kind, name);
        done(call);
    }

    @Override
    public synchronized void delete(Kind<?> kind, String name, String resourceVersion) throws Changed {
        String call = text("delete", kind, name);
        calls.write(call);
        String held = version(kind, name);
        if (!held.equals(resourceVersion)) {
            throw new Changed(call + ": version " + held);
        }
        remove(kind, name);
        done(call);
    }

    @Override
    public synchronized Optional<Map<String, Object>> applyCustom(CustomKind kind, Map<String, Object> desired) {
        JsonObject json = FakeJson.of(kind, desired);
        String call = "apply " + kind.plural() + "/" + FakeObjects.name(json);
        calls.write(call);
        if (!servesCustom) {
            return Optional.empty();
        }
        Map<String, Object> stored = FakeJson.map(objects.apply(kind.plural(), json, false));
        done(call);
        return Optional.of(stored);
    }

    @Override
    public synchronized Optional<List<Map<String, Object>>> listCustom(CustomKind kind, String selector) {
        calls.read("list " + kind.plural());
        return servesCustom
                ? Optional.of(objects.all(kind.plural()).stream()
                        .filter(json -> FakeSelector.matches(selector, json))
                        .map(FakeJson::map)
                        .toList())
                : Optional.empty();
    }

    @Override
    public synchronized void deleteCustom(CustomKind kind, String name) {
        String call = "delete " + kind.plural() + "/" + name;
        calls.write(call);
        objects.remove(kind.plural(), name);
        done(call);
    }

    private void done(String call) {
        calls.done(call);
        wrote();
    }

    /** Empty when there is none. */
    private String version(Kind<?> kind, String name) {
        return objects.find(kind.plural(), name)
                .map(live ->
                        live.getAsJsonObject("metadata").get("resourceVersion").getAsString())
                .orElse("");
    }

    void requireFound(Kind<?> kind, String name) {
        if (objects.find(kind.plural(), name).isEmpty()) {
            throw new ApiFailure.NotFound(kind.kind() + " " + name + " does not exist");
        }
    }

    private <T extends KubernetesObject> T store(Kind<T> kind, JsonObject json) {
        if (copies.containsKey(kind)) {
            watched(kind).seen(FakeJson.model(kind, json));
        }
        return FakeJson.model(kind, json);
    }

    private <T extends KubernetesObject> void tellGone(Kind<T> kind, JsonObject json) {
        watched(kind).gone(FakeJson.model(kind, json));
    }

    private <T extends KubernetesObject> JsonObject json(Kind<T> kind, T object) {
        return FakeJson.of(kind, object, namespace());
    }

    private static String text(String verb, Kind<?> kind, String name) {
        return verb + " " + kind.plural() + "/" + name;
    }
}
