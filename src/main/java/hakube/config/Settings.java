package hakube.config;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that the process was told, bound and validated once at start ({@code docs/configuration.md}).
 *
 * <p>A room gets the group that it needs, not the whole.
 */
public record Settings(
        Supervisor supervisor,
        ClusterAccess cluster,
        Claim claim,
        CoreSettings core,
        InternalGateway internalGateway,
        PublicGateway publicGateway,
        PortRegistry portRegistry,
        AppSettings apps,
        StoreSettings store) {

    /**
     * @param name of the Supervisor's own StatefulSet
     * @param share where the shared claim is mounted in the Supervisor's own file system
     * @param machine machine name that {@code /info} reports, such as {@code generic-x86-64}
     * @param logLevel {@code debug info warning error critical}
     */
    public record Supervisor(
            String name,
            Path share,
            String machine,
            String logLevel,
            Optional<URI> connectivityUrl,
            Optional<URI> pwnedUrl) {}

    /**
     * @param kubeconfig empty inside of a cluster
     * @param serviceName Service that leads to the Supervisor, what Core gets as {@code SUPERVISOR}
     * @param domain DNS domain of the cluster
     * @param nodeArch {@code amd64} or {@code arm64} when managed pods must run there
     */
    public record ClusterAccess(
            String namespace,
            Optional<Path> kubeconfig,
            String serviceName,
            int servicePort,
            String domain,
            Optional<String> nodeArch) {

        /** Architecture of the pods by upstream's word, {@code amd64} or {@code aarch64}; by default that of this process. */
        public String architecture() {
            return nodeArch.orElse(System.getProperty("os.arch")).matches("arm64|aarch64") ? "aarch64" : "amd64";
        }
    }

    /**
     * @param size Kubernetes quantity that the claim must have at least
     * @param allowReadWriteOnce accept a ReadWriteOnce claim and bind every managed pod to the Supervisor's node
     */
    public record Claim(String name, String storageClass, String size, boolean allowReadWriteOnce) {}

    /**
     * @param trustedProxies CIDRs of the managed {@code http:} block
     * @param serviceName Service of Core
     * @param image without tag; empty: from the update channel
     * @param versionUrl update channel file, {@code {channel}} in it is replaced
     * @param startTimeout how long a starting Core is waited for
     */
    public record CoreSettings(
            List<String> trustedProxies,
            String serviceName,
            int servicePort,
            Optional<String> image,
            Optional<String> version,
            String versionUrl,
            Duration startTimeout,
            Link link,
            boolean linkPolicy) {}

    /** How the Supervisor talks to Core. */
    public enum Link {
        AUTO,
        SOCKET,
        TOKEN
    }

    /**
     * The LAN address of app ports.
     *
     * @param name of Service and Deployment; {@link #configMapName} is the ConfigMap
     * @param image nginx with stream, {@code sh} and {@code ip}
     */
    public record InternalGateway(
            InetAddress address,
            String name,
            String gatewayClass,
            String image,
            Map<String, String> annotations,
            String externalTrafficPolicy) {

        /** {@code <name>-config}. */
        public String configMapName() {
            return name + "-config";
        }
    }

    /** The optional public Gateway and HTTPRoute; {@code hostname} and {@code tlsSecret} are there when managed. */
    public record PublicGateway(
            boolean managed,
            Optional<String> hostname,
            Optional<String> tlsSecret,
            String gatewayClass,
            String gatewayName,
            String routeName) {}

    /** Who owns which external port. */
    public record PortRegistry(String configMap, String key) {}

    /**
     * @param homeassistantAlways mount Core's configuration into every app, not only where it is mapped
     * @param ingressRelay reach apps through the relay that has 172.30.32.2
     * @param seccompProfile {@code RuntimeDefault} or {@code Unconfined}
     */
    public record AppSettings(
            boolean homeassistantAlways,
            Set<String> allowedCapabilities,
            String seccompProfile,
            boolean ingressRelay,
            Map<String, String> requests,
            Map<String, String> limits) {}

    /**
     * @param schemes of repository addresses that are accepted
     * @param mostBytes that a repository may send, and that its files may have
     * @param time that a repository is waited for
     * @param builtIn which repositories are there without being added: {@code core community esphome music-assistant}
     */
    public record StoreSettings(
            boolean submodules, Set<String> schemes, long mostBytes, Duration time, Set<String> builtIn) {}
}
