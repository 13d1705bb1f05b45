package hakube.config;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings as a small home has them, for the tests of all rooms. */
public final class TestSettings {

    private TestSettings() {}

    /** Everything at its default; the required ones as in the mission's example. */
    public static Settings of(Path share) {
        return new Settings(
                new Settings.Supervisor(
                        "supervisor", share, "generic-x86-64", "info", Optional.empty(), Optional.<URI>empty()),
                new Settings.ClusterAccess(
                        "home-assistant", Optional.empty(), "supervisor", 80, "cluster.local", Optional.empty()),
                new Settings.Claim("ha-shared-rwx", "shared-rwx", "50Gi", false),
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
                // The pods of a cluster in memory have no relay that could be dialled.
                new Settings.AppSettings(true, Set.of(), "RuntimeDefault", false, Map.of(), Map.of()),
                new Settings.StoreSettings(
                        false, Set.of("https", "http"), 256L << 20, Duration.ofMinutes(2), Set.of()));
    }

    /** As {@link #of}, for a real cluster. */
    public static Settings of(Path share, String namespace, Path kubeconfig) {
        Settings plain = of(share);
        Settings.ClusterAccess cluster = plain.cluster();
        return with(
                plain,
                new Settings.ClusterAccess(
                        namespace,
                        Optional.of(kubeconfig),
                        cluster.serviceName(),
                        cluster.servicePort(),
                        cluster.domain(),
                        cluster.nodeArch()));
    }

    /** The same with another service that knows leaked passwords. */
    public static Settings withPwned(Settings plain, Optional<URI> service) {
        Settings.Supervisor given = plain.supervisor();
        return with(
                plain,
                new Settings.Supervisor(
                        given.name(),
                        given.share(),
                        given.machine(),
                        given.logLevel(),
                        given.connectivityUrl(),
                        service));
    }

    /** The same with another Core. */
    public static Settings withCore(
            Settings plain, Optional<String> image, Optional<String> version, String versionUrl) {
        Settings.CoreSettings given = plain.core();
        return with(
                plain,
                new Settings.CoreSettings(
                        given.trustedProxies(),
                        given.serviceName(),
                        given.servicePort(),
                        image,
                        version,
                        versionUrl,
                        given.startTimeout(),
                        given.link(),
                        given.linkPolicy()));
    }

    /** The same with apps that are reached through their relay. */
    public static Settings withIngressRelay(Settings plain) {
        Settings.AppSettings given = plain.apps();
        return with(
                plain,
                new Settings.AppSettings(
                        given.homeassistantAlways(),
                        given.allowedCapabilities(),
                        given.seccompProfile(),
                        true,
                        given.requests(),
                        given.limits()));
    }

    /** The same with another part in the place of the one of its kind. */
    public static Settings with(Settings plain, Record part) {
        return new Settings(
                either(plain.supervisor(), part),
                either(plain.cluster(), part),
                either(plain.claim(), part),
                either(plain.core(), part),
                either(plain.internalGateway(), part),
                either(plain.publicGateway(), part),
                either(plain.portRegistry(), part),
                either(plain.apps(), part),
                either(plain.store(), part));
    }

    @SuppressWarnings("unchecked")
    private static <T extends Record> T either(T plain, Record other) {
        return plain.getClass() == other.getClass() ? (T) other : plain;
    }
}
