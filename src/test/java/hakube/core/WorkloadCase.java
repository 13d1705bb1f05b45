package hakube.core;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.api.Json;
import hakube.config.Cidr;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Kind;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One example of what Core is in the cluster: {@code <name>-in.yaml} has options and settings, {@code <name>-out.yaml} every
 * object that must come of them.
 */
record WorkloadCase(String name) {

    static final List<WorkloadCase> ALL = List.of(
            new WorkloadCase("plain"),
            new WorkloadCase("other-port"),
            new WorkloadCase("one-node"),
            new WorkloadCase("registries"),
            new WorkloadCase("older-core"));

    private static final String TOKEN = "c0ffee";
    private static final String LINK_TOKEN = "c0ffee".repeat(8);

    /** An object and its kind. */
    record Made<T extends KubernetesObject>(Kind<T> kind, T object) {
        JsonObject json() {
            JsonObject json = JsonParser.parseString(JSON.serialize(object)).getAsJsonObject();
            json.addProperty("apiVersion", kind.apiVersion());
            json.addProperty("kind", kind.kind());
            if (object instanceof V1Secret secret && secret.getData().containsKey(CoreLinkSecret.CONFIG)) {
                json.getAsJsonObject("data").addProperty(CoreLinkSecret.CONFIG, "as CoreLinkConfigTest has it");
            }
            return json;
        }
    }

    /** What the code makes of the example. */
    List<Made<?>> made() {
        Map<?, ?> in = (Map<?, ?>) documents("-in.yaml").getFirst();
        CoreOptions options = Json.wire().fromJson(JSON.serialize(in.get("options")), CoreOptions.class);
        Settings settings = settings((Map<?, ?>) in.get("settings"));
        String timezone = (String) in.get("timezone");
        Optional<String> beside = Optional.ofNullable((String) in.get("supervisorPod"));
        Optional<String> pullSecret = Optional.ofNullable((String) in.get("pullSecret"));
        CoreServices services = new CoreServices(options, settings);
        boolean linked = CoreSideCar.isWanted(options.version(), settings.core().link());
        CoreLinkSecret link =
                new CoreLinkSecret(linked ? Optional.of(LINK_TOKEN) : Optional.empty(), Optional.ofNullable((String)
                        in.get("refreshToken")));
        Made<?> policy = new Made<>(
                Kind.NETWORK_POLICY,
                new CoreLinkPolicy(options, settings, List.of(Cidr.of("10.0.0.7"), Cidr.of("fd00::7"))).policy());
        List<Made<?>> made = List.of(
                new Made<>(Kind.SECRET, CoreSecret.of(TOKEN, options)),
                new Made<>(Kind.SECRET, link.secret(options)),
                new Made<>(Kind.SERVICE, services.headless()),
                new Made<>(Kind.SERVICE, services.main()),
                new Made<>(
                        Kind.STATEFUL_SET,
                        new CoreWorkload(options, settings, timezone, beside, pullSecret, Optional.empty())
                                .statefulSet(
                                        1, CoreSecret.hash(TOKEN), link.config().map(_ -> "0123456789ab"))),
                new Made<>(
                        Kind.POD,
                        new CheckPod(options, settings, timezone, beside, pullSecret, Duration.ofMinutes(10)).pod()));
        return linked ? Stream.concat(made.stream(), Stream.of(policy)).toList() : made;
    }

    /** What must come of it. */
    List<JsonElement> wanted() {
        return documents("-out.yaml").stream()
                .map(document -> JsonParser.parseString(JSON.serialize(document)))
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }

    private static Settings settings(Map<?, ?> given) {
        Settings plain = TestSettings.of(Path.of("/data"));
        Settings.ClusterAccess cluster = plain.cluster();
        Settings.Claim claim = plain.claim();
        return TestSettings.with(
                TestSettings.with(
                        plain,
                        new Settings.ClusterAccess(
                                cluster.namespace(),
                                Optional.ofNullable((String) given.get("kubeconfig"))
                                        .map(Path::of),
                                cluster.serviceName(),
                                (Integer) or(given, "supervisorPort", cluster.servicePort()),
                                cluster.domain(),
                                Optional.ofNullable((String) given.get("nodeArch")))),
                new Settings.Claim(claim.name(), claim.storageClass(), claim.size(), (Boolean)
                        or(given, "allowReadWriteOnce", false)));
    }

    private static Object or(Map<?, ?> given, String key, Object otherwise) {
        return given.containsKey(key) ? given.get(key) : otherwise;
    }

    private List<Object> documents(String suffix) {
        try (InputStream file = WorkloadCase.class.getResourceAsStream(name + suffix)) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return StreamSupport.stream(
                            new Load(LoadSettings.builder().build())
                                    .loadAllFromString(text)
                                    .spliterator(),
                            false)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
