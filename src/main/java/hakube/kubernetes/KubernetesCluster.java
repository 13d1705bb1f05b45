package hakube.kubernetes;

import com.google.gson.JsonObject;
import com.google.gson.reflect.TypeToken;
import hakube.api.ApiFailure;
import hakube.config.Settings;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The port on a real cluster: each write is one call, and what it returned goes into the copy. */
@Singleton
final class KubernetesCluster implements Cluster {

    private final String namespace;
    private final ApiServer server;
    private final ObjectCalls calls;
    private final Watches watches;
    private final PodStreams streams;
    private final PodUsage usage;
    private volatile Optional<ServerVersion> knownVersion = Optional.empty();

    @Inject
    KubernetesCluster(Settings settings) {
        this(settings, Watches.WATCH_TIME);
    }

    KubernetesCluster(Settings settings, Duration watchTime) {
        this.namespace = settings.cluster().namespace();
        this.server = new ApiServer(settings.cluster());
        this.calls = new ObjectCalls(server, namespace);
        this.watches = new Watches(server, calls, watchTime);
        this.streams = new PodStreams(server, calls);
        this.usage = new PodUsage(server::send, namespace);
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public String address() {
        return server.address();
    }

    @Override
    public ServerVersion version() {
        JsonObject version = server.send(ApiRequest.get("get", "/version", "/version"))
                .orFail()
                .as(JsonObject.class);
        ServerVersion read = new ServerVersion(
                number(ObjectCalls.text(version, "major")),
                number(ObjectCalls.text(version, "minor")),
                ObjectCalls.text(version, "gitVersion"));
        knownVersion = Optional.of(read);
        return read;
    }

    @Override
    public Optional<ServerVersion> knownVersion() {
        return knownVersion;
    }

    @Override
    public <T extends KubernetesObject> Watched<T> watched(Kind<T> kind) {
        return watches.copy(kind).orElseThrow(() -> new IllegalArgumentException(kind.plural() + " are not watched"));
    }

    @Override
    public void startWatches(Duration deadline) {
        watches.start(deadline);
    }

    @Override
    public <T extends KubernetesObject> T apply(Kind<T> kind, T desired) {
        return kept(kind, applied(kind, desired, false));
    }

    @Override
    public <T extends KubernetesObject> T applyDryRun(Kind<T> kind, T desired) {
        return model(kind, applied(kind, desired, true));
    }

    @Override
    public <T extends KubernetesObject> T create(Kind<T> kind, T desired, boolean dryRun) throws Changed {
        JsonObject created = calls.create(Resource.of(kind), LenientJson.tree(desired), dryRun);
        return dryRun ? model(kind, created) : kept(kind, created);
    }

    @Override
    public <T extends KubernetesObject> T swap(Kind<T> kind, T desired) throws Changed {
        return kept(kind, calls.swap(Resource.of(kind), LenientJson.tree(desired)));
    }

    @Override
    public void annotate(Kind<?> kind, String name, Map<String, String> annotations) {
        kept(kind, calls.annotate(Resource.of(kind), name, annotations));
    }

    @Override
    public void scale(Kind<?> kind, String name, int replicas) {
        JsonObject scale = calls.scale(Resource.of(kind), name, replicas);
        keepScale(kind, name, scale);
    }

    @Override
    public <T extends KubernetesObject> Optional<T> read(Kind<T> kind, String name) {
        return calls.read(Resource.of(kind), name).map(json -> model(kind, json));
    }

    @Override
    public <T extends KubernetesObject> List<T> list(Kind<T> kind, String selector) {
        return calls.list(Resource.of(kind), selector).orElseThrow(() -> isUnknown(kind)).items().stream()
                .map(json -> model(kind, json))
                .toList();
    }

    @Override
    public void delete(Kind<?> kind, String name) {
        Optional<JsonObject> answer = calls.delete(Resource.of(kind), name);
        keepDeletion(kind, name, answer);
    }

    @Override
    public void delete(Kind<?> kind, String name, String resourceVersion) throws Changed {
        keepDeletion(kind, name, Optional.of(calls.delete(Resource.of(kind), name, resourceVersion)));
    }

    @Override
    public Optional<Map<String, Object>> applyCustom(CustomKind kind, Map<String, Object> desired) {
        JsonObject json = LenientJson.gson().toJsonTree(desired).getAsJsonObject();
        return calls.apply(Resource.of(kind), json, false).map(KubernetesCluster::map);
    }

    @Override
    public Optional<List<Map<String, Object>>> listCustom(CustomKind kind, String selector) {
        return calls.list(Resource.of(kind), selector)
                .map(listing ->
                        listing.items().stream().map(KubernetesCluster::map).toList());
    }

    @Override
    public void deleteCustom(CustomKind kind, String name) {
        calls.delete(Resource.of(kind), name);
    }

    @Override
    public InputStream log(String pod, LogRequest request) {
        return streams.log(pod, request);
    }

    @Override
    public Execution exec(String pod, String container, List<String> command, Duration deadline) {
        return streams.exec(pod, container, command, deadline);
    }

    @Override
    public void writeStdin(String pod, String container, byte[] bytes) {
        streams.writeStdin(pod, container, bytes);
    }

    @Override
    public Optional<Usage> usage(V1Pod pod) {
        return usage.of(pod.getMetadata().getName());
    }

    @PreDestroy
    void close() {
        watches.close();
        server.close();
    }

    private <T extends KubernetesObject> JsonObject applied(Kind<T> kind, T desired, boolean dryRun) {
        return calls.apply(Resource.of(kind), LenientJson.tree(desired), dryRun).orElseThrow(() -> isUnknown(kind));
    }

    private ApiFailure isUnknown(Kind<?> kind) {
        return new ApiFailure.NotFound("The cluster has no " + kind.plural() + " in namespace " + namespace);
    }

    private <T extends KubernetesObject> T kept(Kind<T> kind, JsonObject json) {
        watches.copy(kind).ifPresent(copy -> copy.written(model(kind, json)));
        return model(kind, json);
    }

    /** The answer to a scale is no whole object: the copy's own, with the count and the version that it became. */
    private <T extends KubernetesObject> void keepScale(Kind<T> kind, String name, JsonObject scale) {
        watches.copy(kind).ifPresent(copy -> copy.find(name).ifPresent(held -> {
            JsonObject json = LenientJson.tree(held);
            JsonObject metadata = json.getAsJsonObject("metadata");
            JsonObject scaled = scale.getAsJsonObject("metadata");
            if (ObjectCalls.text(metadata, "uid").equals(ObjectCalls.text(scaled, "uid"))) {
                metadata.add("resourceVersion", scaled.get("resourceVersion"));
                json.getAsJsonObject("spec").addProperty("replicas", count(scale));
                copy.written(model(kind, json));
            }
        }));
    }

    /** A count of 0 is left out of what is served. */
    private static int count(JsonObject scale) {
        String replicas = ObjectCalls.text(scale.getAsJsonObject("spec"), "replicas");
        return replicas.isEmpty() ? 0 : Integer.parseInt(replicas);
    }

    private <T extends KubernetesObject> void keepDeletion(Kind<T> kind, String name, Optional<JsonObject> answer) {
        watches.copy(kind).ifPresent(copy -> {
            if (answer.filter(Deletion::isPending).isPresent()) {
                copy.written(model(kind, answer.get()));
            } else {
                copy.deleted(name, answer.flatMap(Deletion::uid));
            }
        });
    }

    private static int number(String digits) {
        String plain = digits.replaceAll("\\D", "");
        return plain.isEmpty() ? 0 : Integer.parseInt(plain);
    }

    private static <T extends KubernetesObject> T model(Kind<T> kind, JsonObject json) {
        return LenientJson.gson().fromJson(json, kind.type());
    }

    private static Map<String, Object> map(JsonObject json) {
        return LenientJson.gson().fromJson(json, new TypeToken<Map<String, Object>>() {}.getType());
    }
}
