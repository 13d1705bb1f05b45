package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every variable, set to something that is not its default, arrives where the rooms look for it. */
class MappingTest {

    @TempDir
    Path folder;

    @Test
    void everyVariableArrives() throws IOException {
        Map<String, String> variables = all();
        Configuration.Read read = new Given(variables, Given.pod(folder)).good();

        assertEquals(8080, read.serverPort());
        assertEquals(9191, read.managementPort());
        assertEquals(
                new Settings(
                        new Settings.Supervisor(
                                "my-supervisor",
                                folder,
                                "green",
                                "debug",
                                Optional.of(URI.create("http://check.example/x")),
                                Optional.of(URI.create("https://pwned.example/"))),
                        new Settings.ClusterAccess(
                                "home",
                                Optional.of(folder.resolve("kubeconfig")),
                                "boss",
                                8081,
                                "k8s.example.org",
                                Optional.of("arm64")),
                        new Settings.Claim("my.claim", "my.class", "51200Mi", true),
                        new Settings.CoreSettings(
                                List.of("10.1.0.0/16", "fd00:10:42::/56"),
                                "ha",
                                8124,
                                Optional.of("registry.example:5000/a/core"),
                                Optional.of("2026.11.0b1"),
                                "http://versions.example/{channel}",
                                Duration.ofSeconds(90),
                                Settings.Link.SOCKET,
                                false),
                        new Settings.InternalGateway(
                                InetAddress.ofLiteral("fd00::1"),
                                "lan",
                                "metallb",
                                "localhost/nginx:1",
                                Map.of("a/b", "c"),
                                "Local"),
                        new Settings.PublicGateway(
                                true,
                                Optional.of("ha.example.com"),
                                Optional.of("ha-tls"),
                                "envoy.example",
                                "front",
                                "front-route"),
                        new Settings.PortRegistry("ports", "ports.json"),
                        new Settings.AppSettings(
                                false,
                                Set.of("NET_ADMIN", "SYS_NICE"),
                                "Unconfined",
                                false,
                                Map.of("cpu", "50m"),
                                Map.of("cpu", "1", "memory", "1Gi")),
                        new Settings.StoreSettings(
                                true, Set.of("git", "file"), 5_000_000_000L, Duration.ofSeconds(30), Set.of("core"))),
                read.settings());
    }

    @Test
    void thisTestKnowsEveryVariable() throws IOException {
        Set<String> catalogue = new TreeSet<>();
        Catalogue.SETTINGS.forEach(setting -> catalogue.add(setting.variable()));

        assertEquals(catalogue, new TreeSet<>(all().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", "1", "yes", "Yes", "on", "oN"})
    void yesIsWrittenInManyWays(String text) {
        assertEquals(
                true,
                Given.required(folder)
                        .with("SUPERVISOR_K8S_ALLOW_RWO", text)
                        .good()
                        .settings()
                        .claim()
                        .allowReadWriteOnce());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "FALSE", "0", "no", "No", "off", "oFF"})
    void noIsWrittenInManyWays(String text) {
        assertEquals(
                false,
                Given.required(folder)
                        .with("SUPERVISOR_K8S_CORE_LINK_POLICY", text)
                        .good()
                        .settings()
                        .core()
                        .linkPolicy());
    }

    @Test
    void anUnknownMachineIsTakenAsGivenWithAWarning() {
        Configuration.Read read = Given.required(folder)
                .with("SUPERVISOR_MACHINE", "toaster-9000")
                .good();

        assertEquals("toaster-9000", read.settings().supervisor().machine());
        assertEquals(1, read.warnings().size());
        assertEquals(
                "SUPERVISOR_MACHINE holds \"toaster-9000\", which Home Assistant does not know; it is used as it is.",
                read.warnings().getFirst().replaceAll(" Known: .*", ""));
    }

    @Test
    void aSlipOfThePenIsToldAndHarmsNothing() {
        assertEquals(
                List.of("SUPERVISOR_K8S_NAMESPCE is no setting and has no effect; is it a slip of the pen?"),
                Given.required(folder)
                        .with("SUPERVISOR_K8S_NAMESPCE", "home")
                        .good()
                        .warnings());
    }

    private Map<String, String> all() throws IOException {
        Map<String, String> all = new TreeMap<>();
        all.put("SUPERVISOR_RUNTIME", "Kubernetes");
        all.put("SUPERVISOR_NAME", "my-supervisor");
        all.put("SUPERVISOR_SHARE", folder.toString());
        all.put("SUPERVISOR_MACHINE", "green");
        all.put("SUPERVISOR_LOG_LEVEL", "DEBUG");
        all.put("SUPERVISOR_CONNECTIVITY_URL", "http://check.example/x");
        all.put("SUPERVISOR_PWNED_URL", "https://pwned.example/");
        all.put("SERVER_PORT", "8080");
        all.put("MANAGEMENT_PORT", "9191");
        all.put(
                "SUPERVISOR_K8S_KUBECONFIG",
                Files.writeString(folder.resolve("kubeconfig"), "").toString());
        all.put("SUPERVISOR_K8S_NAMESPACE", "home");
        all.put("SUPERVISOR_K8S_SERVICE_SUPERVISOR", "boss");
        all.put("SUPERVISOR_K8S_SERVICE_SUPERVISOR_PORT", "8081");
        all.put("SUPERVISOR_K8S_CLUSTER_DOMAIN", "k8s.example.org");
        all.put("SUPERVISOR_K8S_NODE_ARCH", "arm64");
        all.put("SUPERVISOR_K8S_STORAGE_MODE", "shared_pvc");
        all.put("SUPERVISOR_K8S_SHARED_PVC_CLAIM", "my.claim");
        all.put("SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", "my.class");
        all.put("SUPERVISOR_K8S_SHARED_PVC_SIZE", "51200Mi");
        all.put("SUPERVISOR_K8S_ALLOW_RWO", "on");
        all.put("SUPERVISOR_K8S_HA_TRUSTED_PROXIES", " 10.1.0.0/16 , fd00:10:42::/56,");
        all.put("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT", "ha");
        all.put("SUPERVISOR_K8S_SERVICE_HOMEASSISTANT_PORT", "8124");
        all.put("SUPERVISOR_CORE_IMAGE", "registry.example:5000/a/core");
        all.put("SUPERVISOR_CORE_VERSION", "2026.11.0b1");
        all.put("SUPERVISOR_VERSION_URL", "http://versions.example/{channel}");
        all.put("SUPERVISOR_CORE_START_TIMEOUT", "PT1M30S");
        all.put("SUPERVISOR_K8S_CORE_LINK", "Socket");
        all.put("SUPERVISOR_K8S_CORE_LINK_POLICY", "0");
        all.put("SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS", "fd00::1");
        all.put("SUPERVISOR_K8S_INTERNAL_GATEWAY_NAME", "lan");
        all.put("SUPERVISOR_K8S_INTERNAL_GATEWAY_CLASS", "metallb");
        all.put("SUPERVISOR_K8S_INTERNAL_L4_IMAGE", "localhost/nginx:1");
        all.put("SUPERVISOR_K8S_INTERNAL_L4_SERVICE_ANNOTATIONS", "{\"a/b\": \"c\"}");
        all.put("SUPERVISOR_K8S_EXTERNAL_TRAFFIC_POLICY", "local");
        all.put("SUPERVISOR_K8S_PORT_REGISTRY_CONFIGMAP", "ports");
        all.put("SUPERVISOR_K8S_PORT_REGISTRY_KEY", "ports.json");
        all.put("SUPERVISOR_K8S_MANAGE_PUBLIC_GATEWAY", "Yes");
        all.put("SUPERVISOR_K8S_GATEWAY_HOSTNAME", "ha.example.com");
        all.put("SUPERVISOR_K8S_GATEWAY_TLS_SECRET", "ha-tls");
        all.put("SUPERVISOR_K8S_GATEWAY_CLASS", "envoy.example");
        all.put("SUPERVISOR_K8S_GATEWAY_NAME", "front");
        all.put("SUPERVISOR_K8S_HTTPROUTE_NAME", "front-route");
        all.put("SUPERVISOR_K8S_ADDON_HOMEASSISTANT_MOUNT", "mapped");
        all.put("SUPERVISOR_K8S_INGRESS_SOURCE", "direct");
        all.put("SUPERVISOR_K8S_ALLOWED_CAPABILITIES", "net_admin SYS_NICE");
        all.put("SUPERVISOR_K8S_SECCOMP", "unconfined");
        all.put("SUPERVISOR_K8S_ADDON_REQUESTS", "{\"cpu\": \"50m\"}");
        all.put("SUPERVISOR_K8S_ADDON_LIMITS", "{\"cpu\": 1, \"memory\": \"1Gi\"}");
        all.put("SUPERVISOR_REPOSITORY_SUBMODULES", "1");
        all.put("SUPERVISOR_REPOSITORY_SCHEMES", "git,file");
        all.put("SUPERVISOR_REPOSITORY_SIZE", "5G");
        all.put("SUPERVISOR_REPOSITORY_TIMEOUT", "PT30S");
        all.put("SUPERVISOR_REPOSITORY_BUILT_IN", "core");
        return all;
    }
}
