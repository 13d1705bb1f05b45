package hakube.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import hakube.api.ApiFailure;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A cluster in memory. Writes feed the copies at once, and listeners are told before the write returns.
 *
 * <p>Every call is known by a text, {@code "<verb> <plural>/<name>"}: {@code "apply deployments/sample"}; the verbs are
 * {@code apply try create swap annotate scale delete read list log exec stdin usage version}. A scale ends with the count:
 * {@code "scale deployments/sample 1"}.
 *
 * <p>No controller runs: {@link #runPods} makes the pods that the workloads ask for, {@link #autoRun} does so after each
 * write.
 */
public final class FakeCluster implements Cluster {

    private final FakeObjects objects = new FakeObjects();
    private final Map<Kind<?>, Copy<?>> copies = new LinkedHashMap<>();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> writeListeners = new CopyOnWriteArrayList<>();
    private final Map<String, ApiFailure> failures = new ConcurrentHashMap<>();
    private final Map<String, Runnable> interruptions = new ConcurrentHashMap<>();
    private final Queue<ApiFailure> nextFailures = new ArrayDeque<>();
    private final Map<String, Supplier<InputStream>> logs = new ConcurrentHashMap<>();
    private final Map<String, Usage> usages = new HashMap<>();
    private final Map<String, byte[]> stdin = new HashMap<>();
    private Function<List<String>, Execution> executor = command -> new Execution(0, "", "");
    private volatile ServerVersion version = new ServerVersion(1, 34, "v1.34.4");
    private volatile Optional<ServerVersion> knownVersion = Optional.empty();
    private boolean servesCustom = true;
    private boolean runsPods;
    private boolean isRunningPods;

    public FakeCluster() {
        Trampoline teller = new Trampoline();
        Kind.WATCHED.forEach(kind -> copies.put(kind, new Copy<>(Selection.of(kind), teller)));
    }

    // --- what a test does to it ---

    /** The texts of all writes so far, in order; dry runs and reads are not among them. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    public void forgetWrites() {
        writes.clear();
    }

    /** Is told the text of each write after it was done. */
    public void onWrite(Consumer<String> listener) {
        writeListeners.add(listener);
    }

    /** The next call fails, whatever it is; several wait in line. */
    public synchronized void failNext(ApiFailure failure) {
        nextFailures.add(failure);
    }

    /** Every call whose text begins so fails, {@code ""} for all, until {@link #recover}. */
    public void failOn(String call, ApiFailure failure) {
        failures.put(call, failure);
    }

    /** Nothing fails any more. */
    public synchronized void recover() {
        failures.clear();
        nextFailures.clear();
    }

    /** Runs once, just before the first call whose text begins so: a second writer, or the end of the process. */
    public void before(String call, Runnable interruption) {
        interruptions.put(call, interruption);
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

    /** Makes a running, ready pod for each Deployment and StatefulSet with replicas, removes those of the others. */
    public synchronized void runPods() {
        if (!isRunningPods) {
            isRunningPods = true;
            try {
                new FakePods(this).run();
            } finally {
                isRunningPods = false;
            }
        }
    }

    /** {@link #runPods} after each write from now on. */
    public void autoRun() {
        runsPods = true;
        runPods();
    }

    /** What {@link #log} of this pod serves, timestamps included. */
    public void logs(String pod, String text) {
        logs(pod, () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** As the other one, opened anew for each call. */
    public void logs(String pod, Supplier<InputStream> streams) {
        logs.put(pod, streams);
    }

    /** What {@link #version} says from now on. */
    public void upgrade(int major, int minor, String text) {
        version = new ServerVersion(major, minor, text);
    }

    public void usage(String pod, Usage usage) {
        usages.put(pod, usage);
    }

    /** What answers {@link #exec}; else every command ends with 0 and says nothing. */
    public void executor(Function<List<String>, Execution> answer) {
        executor = answer;
    }

    /** What was written to the pod's standard input last. */
    public Optional<byte[]> stdin(String pod) {
        return Optional.ofNullable(stdin.get(pod));
    }

    /** Whether custom kinds are known, as they are at first. */
    public void servesCustom(boolean serves) {
        servesCustom = serves;
    }

    /** All objects of the kind, without a call. */
    synchronized <T extends KubernetesObject> List<T> all(Kind<T> kind) {
        return objects.all(kind.plural()).stream()
                .map(json -> model(kind, json))
                .toList();
    }

    String nextAddress() {
        return objects.nextAddress();
    }

    // --- the port ---

    @Override
    public String namespace() {
        return "home-assistant";
    }

    @Override
    public String address() {
        return "https://fake.invalid:6443";
    }

    @Override
    public ServerVersion version() {
        call("version", false);
        knownVersion = Optional.of(version);
        return version;
    }

    @Override
    public Optional<ServerVersion> knownVersion() {
        return knownVersion;
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
        Kind.WATCHED.forEach(kind -> call("list " + kind.plural(), false));
    }

    @Override
    public synchronized <T extends KubernetesObject> T apply(Kind<T> kind, T desired) {
        JsonObject json = json(kind, desired);
        String call = text("apply", kind, FakeObjects.name(json));
        call(call, true);
        T stored = store(kind, objects.apply(kind.plural(), json, false));
        done(call);
        return stored;
    }

    @Override
    public synchronized <T extends KubernetesObject> T applyDryRun(Kind<T> kind, T desired) {
        JsonObject json = json(kind, desired);
        call(text("try", kind, FakeObjects.name(json)), false);
        return model(kind, objects.apply(kind.plural(), json, true));
    }

    @Override
    public synchronized <T extends KubernetesObject> T create(Kind<T> kind, T desired, boolean dryRun) throws Changed {
        JsonObject json = json(kind, desired);
        String call = text(dryRun ? "try" : "create", kind, FakeObjects.name(json));
        call(call, !dryRun);
        if (objects.find(kind.plural(), FakeObjects.name(json)).isPresent()) {
            throw new Changed(call + ": exists");
        }
        if (dryRun) {
            return model(kind, json);
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
        call(call, true);
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
        call(call, true);
        requireFound(kind, name);
        JsonObject values = new JsonObject();
        annotations.forEach(values::addProperty);
        JsonObject metadata = new JsonObject();
        metadata.add("annotations", values);
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        store(kind, objects.patch(kind.plural(), name, patch));
        done(call);
    }

    @Override
    public synchronized void scale(Kind<?> kind, String name, int replicas) {
        String call = text("scale", kind, name) + " " + replicas;
        call(call, true);
        requireFound(kind, name);
        store(kind, objects.scale(kind.plural(), name, replicas));
        done(call);
    }

    @Override
    public synchronized <T extends KubernetesObject> Optional<T> read(Kind<T> kind, String name) {
        call(text("read", kind, name), false);
        return objects.find(kind.plural(), name).map(json -> model(kind, json));
    }

    @Override
    public synchronized <T extends KubernetesObject> List<T> list(Kind<T> kind, String selector) {
        call("list " + kind.plural(), false);
        return objects.all(kind.plural()).stream()
                .filter(json -> FakeSelector.matches(selector, json))
                .map(json -> model(kind, json))
                .toList();
    }

    @Override
    public synchronized void delete(Kind<?> kind, String name) {
        String call = text("delete", kind, name);
        call(call, true);
        remove(kind, name);
        done(call);
    }

    @Override
    public synchronized void delete(Kind<?> kind, String name, String resourceVersion) throws Changed {
        String call = text("delete", kind, name);
        call(call, true);
        String held = version(kind, name);
        if (!held.equals(resourceVersion)) {
            throw new Changed(call + ": version " + held);
        }
        remove(kind, name);
        done(call);
    }

    @Override
    public synchronized Optional<Map<String, Object>> applyCustom(CustomKind kind, Map<String, Object> desired) {
        JsonObject json = LenientJson.gson().toJsonTree(desired).getAsJsonObject();
        json.addProperty("apiVersion", kind.apiVersion());
        json.addProperty("kind", kind.kind());
        String call = "apply " + kind.plural() + "/" + FakeObjects.name(json);
        call(call, true);
        if (!servesCustom) {
            return Optional.empty();
        }
        Map<String, Object> stored = map(objects.apply(kind.plural(), json, false));
        done(call);
        return Optional.of(stored);
    }

    @Override
    public synchronized Optional<List<Map<String, Object>>> listCustom(CustomKind kind, String selector) {
        call("list " + kind.plural(), false);
        return servesCustom
                ? Optional.of(objects.all(kind.plural()).stream()
                        .filter(json -> FakeSelector.matches(selector, json))
                        .map(FakeCluster::map)
                        .toList())
                : Optional.empty();
    }

    @Override
    public synchronized void deleteCustom(CustomKind kind, String name) {
        String call = "delete " + kind.plural() + "/" + name;
        call(call, true);
        objects.remove(kind.plural(), name);
        done(call);
    }

    @Override
    public InputStream log(String pod, LogRequest request) {
        call("log pods/" + pod, false);
        requireFound(Kind.POD, pod);
        return logs.getOrDefault(pod, InputStream::nullInputStream).get();
    }

    @Override
    public Execution exec(String pod, String container, List<String> command, Duration deadline) {
        call("exec pods/" + pod, false);
        requireFound(Kind.POD, pod);
        return executor.apply(command);
    }

    @Override
    public void writeStdin(String pod, String container, byte[] bytes) {
        call("stdin pods/" + pod, false);
        requireFound(Kind.POD, pod);
        stdin.put(pod, bytes.clone());
    }

    @Override
    public Optional<Usage> usage(V1Pod pod) {
        String name = pod.getMetadata().getName();
        call("usage pods/" + name, false);
        return Optional.ofNullable(usages.get(name));
    }

    // --- inside ---

    private void call(String call, boolean isWrite) {
        List.copyOf(interruptions.keySet()).stream().filter(call::startsWith).forEach(begin -> {
            Runnable interruption = interruptions.remove(begin);
            if (interruption != null) {
                interruption.run();
            }
        });
        ApiFailure next = nextFailures.poll();
        if (next != null) {
            throw next;
        }
        failures.forEach((begin, failure) -> {
            if (call.startsWith(begin)) {
                throw failure;
            }
        });
        if (isWrite) {
            writes.add(call);
        }
    }

    private void done(String call) {
        writeListeners.forEach(listener -> listener.accept(call));
        if (runsPods) {
            runPods();
        }
    }

    /** Empty when there is none. */
    private String version(Kind<?> kind, String name) {
        return objects.find(kind.plural(), name)
                .map(live ->
                        live.getAsJsonObject("metadata").get("resourceVersion").getAsString())
                .orElse("");
    }

    private void requireFound(Kind<?> kind, String name) {
        if (objects.find(kind.plural(), name).isEmpty()) {
            throw new ApiFailure.NotFound(kind.kind() + " " + name + " does not exist");
        }
    }

    private <T extends KubernetesObject> T store(Kind<T> kind, JsonObject json) {
        if (copies.containsKey(kind)) {
            watched(kind).seen(model(kind, json));
        }
        return model(kind, json);
    }

    private <T extends KubernetesObject> void tellGone(Kind<T> kind, JsonObject json) {
        watched(kind).gone(model(kind, json));
    }

    private <T extends KubernetesObject> JsonObject json(Kind<T> kind, T object) {
        JsonObject json = LenientJson.gson().toJsonTree(object).getAsJsonObject();
        json.addProperty("apiVersion", kind.apiVersion());
        json.addProperty("kind", kind.kind());
        json.getAsJsonObject("metadata").addProperty("namespace", namespace());
        return json;
    }

    private static String text(String verb, Kind<?> kind, String name) {
        return verb + " " + kind.plural() + "/" + name;
    }

    private static <T extends KubernetesObject> T model(Kind<T> kind, JsonObject json) {
        return LenientJson.gson().fromJson(json, kind.type());
    }

    private static Map<String, Object> map(JsonObject json) {
        return LenientJson.gson().fromJson(json, new TypeToken<Map<String, Object>>() {}.getType());
    }
}
