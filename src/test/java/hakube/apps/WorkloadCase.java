package hakube.apps;

import hakube.config.Settings;
import hakube.store.ManifestReader;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import jakarta.json.Json;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Assertions;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * One pair of files: {@code <name>-in.yaml}, an app's {@code config.yaml}, and {@code <name>-out.yaml}, the objects that it
 * becomes. The hash of the configuration is left out of the latter: a test of its own looks at that.
 *
 * @param repository slug of the repository
 */
record WorkloadCase(String name, String repository, Site site) {

    static final Path FOLDER = Path.of("src/test/resources/hakube/apps/workload");

    private static final String UID = "0f0e0d0c-0b0a-4908-8706-050403020100";
    private static final String TOKEN = "token-of-this-start";
    private static final int CHOSEN_INGRESS_PORT = 62123;
    private static final AppRelay RELAY = new AppRelay("nginx:1.25-alpine", "0a".repeat(56));

    static final Settings.AppSettings PLAIN =
            new Settings.AppSettings(true, Set.of(), "RuntimeDefault", true, Map.of(), Map.of());

    static List<WorkloadCase> all() {
        Site plain = site(PLAIN);
        return List.of(
                new WorkloadCase("mosquitto", "core", plain),
                new WorkloadCase("mariadb", "core", plain),
                new WorkloadCase("ingress-only", "local", plain),
                new WorkloadCase("ingress-shared", "a0d7b954", plain),
                new WorkloadCase(
                        "no-ports",
                        "local",
                        site(new Settings.AppSettings(false, Set.of(), "RuntimeDefault", true, Map.of(), Map.of()))),
                new WorkloadCase("digit", "5c53de3b", plain),
                new WorkloadCase("capitals", "local", plain),
                new WorkloadCase("long", "local", plain),
                new WorkloadCase("legacy", "local", plain),
                new WorkloadCase("process", "local", plain),
                new WorkloadCase("once", "local", plain),
                new WorkloadCase("map-new", "local", plain),
                new WorkloadCase("map-old", "local", plain),
                new WorkloadCase("map-public", "local", plain),
                new WorkloadCase("environment", "local", plain),
                new WorkloadCase("site", "local", special()),
                new WorkloadCase("ignored", "local", plain),
                new WorkloadCase("dashboard", "local", plain),
                new WorkloadCase("old-words", "local", plain),
                new WorkloadCase("new-words", "local", plain),
                new WorkloadCase("installed", "local", plain));
    }

    static WorkloadCase named(String name) {
        return all().stream()
                .filter(given -> given.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Site site(Settings.AppSettings settings) {
        return new Site(
                "home-assistant",
                "cluster.local",
                "ha-shared-rwx",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "Europe/Berlin",
                Optional.empty(),
                settings);
    }

    private static Site special() {
        return new Site(
                "smart-home",
                "k8s.example.org",
                "ha-data",
                Optional.of("supervisor-0"),
                Optional.of("10.96.7.7"),
                Optional.of("arm64"),
                "UTC",
                Optional.of("supervisor-registries"),
                new Settings.AppSettings(
                        true,
                        Set.of("NET_ADMIN", "NET_RAW"),
                        "Unconfined",
                        true,
                        Map.of("cpu", "100m", "memory", "64Mi"),
                        Map.of("memory", "1Gi")));
    }

    Path input() {
        return FOLDER.resolve(name + "-in.yaml");
    }

    Path output() {
        return FOLDER.resolve(name + "-out.yaml");
    }

    InstalledApp app() {
        ManifestReader.Valid valid =
                Assertions.assertInstanceOf(ManifestReader.Valid.class, ManifestReader.read(input()));
        var manifest = valid.manifest();
        String arch = manifest.arch().getFirst();
        return new InstalledApp(
                repository + "_" + manifest.slug(),
                repository,
                arch,
                manifest,
                UserLayer.fresh(
                        manifest.version(), AppRevision.of(manifest, arch).image()));
    }

    AppWorkload workload() {
        InstalledApp app = app();
        var web = app.manifest().web();
        int chosen = web.ingressPort() == 0 ? CHOSEN_INGRESS_PORT : web.ingressPort();
        return new AppWorkload(
                app,
                site,
                name.equals("installed") ? "" : TOKEN,
                web.ingress() ? chosen : 0,
                web.ingress() || RelayedPort.of(app.manifest()).isPresent() ? Optional.of(RELAY) : Optional.empty(),
                LegacyOptions.of(app, app.options()));
    }

    /** Deployment, Service, Secret where there is a token, Job where it runs once. */
    List<KubernetesObject> objects() {
        AppWorkload workload = workload();
        Suitability.Supported supported = Assertions.assertInstanceOf(
                Suitability.Supported.class,
                AppRequirements.check(
                        workload.app().slug(), workload.app().manifest(), name.equals("ignored"), site.settings()));
        V1Deployment deployment = workload.deployment(supported.ignored());
        deployment.getMetadata().setUid(UID);
        V1OwnerReference owner = AppWorkload.ownedBy(deployment);
        deployment.getMetadata().setUid(null);
        List<KubernetesObject> objects = new ArrayList<>(List.of(
                deployment.apiVersion("apps/v1").kind("Deployment"),
                workload.service(owner).apiVersion("v1").kind("Service")));
        if (!workload.token().isEmpty()) {
            objects.add(workload.secret(owner).apiVersion("v1").kind("Secret"));
        }
        if (workload.app().runsOnce()) {
            objects.add(workload.job(owner).apiVersion("batch/v1").kind("Job"));
        }
        return objects;
    }

    /** The objects as the file has them. */
    String text() {
        DumpSettings settings = DumpSettings.builder()
                .setDefaultFlowStyle(FlowStyle.BLOCK)
                .setExplicitStart(true)
                .setWidth(120)
                .build();
        return new Dump(settings)
                .dumpAllToString(
                        objects().stream().map(object -> sorted(plain(object))).iterator())
                .replaceAll("(io\\.hass\\.config-hash): [0-9a-f]{12}\\n", "$1: twelvedigits\n")
                // A test of its own looks at nginx's text.
                .replaceAll("(relay\\.conf): [^ \\n]+\\n", "$1: dGV4dA==\n");
    }

    /** The objects of a file, as plain maps. */
    static List<Map<String, Object>> read(String text) {
        List<Map<String, Object>> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(text)
                .forEach(document -> documents.add(JsonValues.object((Map<?, ?>) document)));
        return documents;
    }

    static Map<String, Object> plain(KubernetesObject object) {
        try (JsonReader reader = Json.createReader(new StringReader(JSON.serialize(object)))) {
            return JsonValues.plain(reader.readObject());
        }
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> sorted = new TreeMap<>();
                map.forEach((key, item) -> {
                    if (!isEmpty(item)) {
                        sorted.put(String.valueOf(key), sorted(item));
                    }
                });
                yield sorted;
            }
            case List<?> list -> list.stream().map(WorkloadCase::sorted).toList();
            case null, default -> value;
        };
    }

    /** The client's models begin with empty lists and maps, which mean nothing. */
    private static boolean isEmpty(Object value) {
        return value instanceof Map<?, ?> map && map.isEmpty() || value instanceof List<?> list && list.isEmpty();
    }

    @Override
    public String toString() {
        return name;
    }
}
