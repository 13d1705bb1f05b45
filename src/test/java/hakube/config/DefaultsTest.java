package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts when nothing is set. */
class DefaultsTest {

    @TempDir
    Path folder;

    @Test
    void theRequiredOnesAloneAreEnoughAndEverythingElseHasItsDefault() {
        Configuration.Read read = Given.required(folder).good();

        assertEquals(80, read.serverPort());
        assertEquals(9090, read.managementPort());
        assertEquals(List.of(), read.warnings());
        assertEquals(
                new Settings(
                        new Settings.Supervisor(
                                "supervisor",
                                folder,
                                "generic-x86-64",
                                "info",
                                Optional.of(URI.create("https://checkonline.home-assistant.io/online.txt")),
                                Optional.of(URI.create("https://api.pwnedpasswords.com/range/"))),
                        new Settings.ClusterAccess(
                                "default", Optional.empty(), "supervisor", 80, "cluster.local", Optional.empty()),
                        new Settings.Claim("ha-shared-rwx", "longhorn-rwx", "50Gi", false),
                        new Settings.CoreSettings(
                                List.of("10.42.0.0/16"),
                                "homeassistant",
                                8123,
                                Optional.empty(),
                                Optional.empty(),
                                "https://version.home-assistant.io/{channel}.json",
                                Duration.ofMinutes(10),
                                Settings.Link.AUTO,
                                true),
                        new Settings.InternalGateway(
                                InetAddress.ofLiteral("192.168.100.130"),
                                "ha-internal",
                                "cilium",
                                "nginx:1.25-alpine",
                                Map.of(),
                                "Cluster"),
                        new Settings.PublicGateway(
                                false, Optional.empty(), Optional.empty(), "cilium", "main-gateway", "ha-http"),
                        new Settings.PortRegistry("supervisor-port-registry", "registry.json"),
                        new Settings.AppSettings(true, Set.of(), "RuntimeDefault", true, Map.of(), Map.of()),
                        new Settings.StoreSettings(
                                false,
                                Set.of("https", "http"),
                                256L << 20,
                                Duration.ofMinutes(2),
                                Set.of("core", "community", "esphome", "music-assistant"))),
                read.settings());
    }

    /** The folder of the default is not on every machine, so its text is what can be asked for. */
    @Test
    void theShareIsMountedAtData() {
        assertEquals(new Setting.Fallback.Fixed("/data"), SupervisorVariables.SHARE.fallback());
    }

    @Test
    void anEmptyValueIsNoneExceptWhereItTurnsOff() {
        Settings settings = Given.required(folder)
                .with("SUPERVISOR_NAME", "")
                .with("SUPERVISOR_K8S_CORE_LINK", "  ")
                .with("SUPERVISOR_PWNED_URL", "")
                .with("SUPERVISOR_CONNECTIVITY_URL", "")
                .good()
                .settings();

        assertEquals("supervisor", settings.supervisor().name());
        assertEquals(Settings.Link.AUTO, settings.core().link());
        assertEquals(Optional.empty(), settings.supervisor().pwnedUrl());
        assertEquals(Optional.empty(), settings.supervisor().connectivityUrl());
    }

    @Test
    void thePodsOwnNamespaceWinsOverTheKubeconfigs() throws IOException {
        Path namespace = Files.writeString(folder.resolve("namespace"), "pods\n");
        Path kubeconfig = kubeconfig("contexts");
        Surroundings pod = new Surroundings(Map.of("KUBERNETES_SERVICE_HOST", "x"), folder, namespace, folder);

        assertEquals("pods", clusterIn(pod, Optional.of(kubeconfig)).namespace());
    }

    @Test
    void outsideOfAPodTheContextSaysTheNamespaceElseItIsDefault() throws IOException {
        Surroundings machine = new Surroundings(Map.of(), folder, folder.resolve("none"), folder.resolve("none"));

        assertEquals(
                "contexts",
                clusterIn(machine, Optional.of(kubeconfig("contexts"))).namespace());
        assertEquals("default", clusterIn(machine, Optional.of(kubeconfig(""))).namespace());
        assertEquals(
                "default",
                clusterIn(machine, Optional.of(Files.writeString(folder.resolve("broken"), "a: [")))
                        .namespace());
    }

    @Test
    void outsideOfAPodTheKubeconfigIsTheUsualOne() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/.kube"));
        Path usual = Files.writeString(home.resolve("config"), "");
        Path named = kubeconfig("named");
        Path home2 = folder.resolve("home");

        assertEquals(
                Optional.of(usual),
                clusterIn(machine(Map.of(), home2), Optional.empty()).kubeconfig());
        assertEquals(
                Optional.of(named),
                clusterIn(machine(Map.of("KUBECONFIG", "/no/such/file:" + named), home2), Optional.empty())
                        .kubeconfig());
        assertEquals(
                Optional.of(usual),
                clusterIn(machine(Map.of("KUBECONFIG", named.toString()), home2), Optional.of(usual))
                        .kubeconfig());
    }

    @Test
    void withoutAnyKubeconfigTheFaultSaysWhereOneWasLookedFor() {
        String message = Given.required(folder)
                .in(machine(Map.of(), folder.resolve("empty")))
                .faulty()
                .message();

        assertTrue(
                message.contains(
                        "SUPERVISOR_K8S_KUBECONFIG is not set: the process runs in no pod, KUBECONFIG is not set, "
                                + "and " + folder.resolve("empty/.kube/config") + " cannot be read"),
                message);
    }

    @Test
    void theResolverSaysTheClustersDomain() throws IOException {
        Path resolver = Files.writeString(
                folder.resolve("resolv.conf"),
                "nameserver 10.43.0.10\nsearch home.svc.k8s.example.org svc.k8s.example.org k8s.example.org\n");
        Surroundings pod =
                new Surroundings(Map.of("KUBERNETES_SERVICE_HOST", "x"), folder, folder.resolve("none"), resolver);

        assertEquals("k8s.example.org", clusterIn(pod, Optional.empty()).domain());
    }

    private Settings.ClusterAccess clusterIn(Surroundings surroundings, Optional<Path> kubeconfig) {
        Given given = Given.required(folder).in(surroundings);
        return kubeconfig
                .map(file -> given.with("SUPERVISOR_K8S_KUBECONFIG", file.toString()))
                .orElse(given)
                .good()
                .settings()
                .cluster();
    }

    private Surroundings machine(Map<String, String> environment, Path home) {
        return new Surroundings(environment, home, folder.resolve("none"), folder.resolve("none"));
    }

    private Path kubeconfig(String namespace) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig-" + namespace), """
                current-context: here
                contexts:
                - name: there
                  context: {cluster: there, namespace: wrong}
                - name: here
                  context: {cluster: here, namespace: "%s"}
                """.formatted(namespace));
    }
}
