package hakube.apps;

import hakube.access.Tokens;
import hakube.relay.AppRelayConfig;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The two containers by which ingress, and the clients of a database, come from 172.30.32.2, the address that apps were told to trust.
 * Pure.
 *
 * <p>The first gives the pod that address, on its loopback and with {@code scope host}, so that nothing chooses it by itself; the
 * second is a native side-car, up before the app and gone after it, that dials the app from there.
 *
 * @param image nginx with {@code sh} and {@code ip}
 * @param token without which the relay carries nothing; new at each start of an app
 */
record AppRelay(String image, String token) {

    static final String ADDRESS_CONTAINER = "ingress-address";
    static final String CONTAINER = "ingress-relay";

    /** Keys of the app's Secret; only the relay gets them. */
    static final String TOKEN = "RELAY_TOKEN";

    static final String CONFIG = "relay.conf";

    private static final int FIRST_PORT = 65501;
    private static final String DATABASE_PORT = "database-relay";
    private static final long NOBODY = 65534;
    private static final int EVERYBODY_READS = 0444;
    private static final String CONFIG_FOLDER = "/etc/hakube";
    private static final String TMP = "ingress-relay-tmp";

    /** With a token that nobody knows yet. */
    static AppRelay fresh(String image) {
        return new AppRelay(image, Tokens.fresh());
    }

    /** Where the relay of a pod listens for ingress; empty for a pod without that. */
    static Optional<Integer> portOf(V1Pod pod) {
        List<V1Container> containers =
                pod.getSpec() == null ? null : pod.getSpec().getInitContainers();
        return containers == null
                ? Optional.empty()
                : containers.stream()
                        .filter(container -> CONTAINER.equals(container.getName()))
                        .flatMap(container -> container.getPorts().stream())
                        .filter(port -> CONTAINER.equals(port.getName()))
                        .map(V1ContainerPort::getContainerPort)
                        .findFirst();
    }

    /** Whether the pods of that Deployment have one. */
    static boolean isIn(V1Deployment deployment) {
        List<V1Container> containers =
                deployment.getSpec().getTemplate().getSpec().getInitContainers();
        return containers != null
                && containers.stream().anyMatch(container -> ADDRESS_CONTAINER.equals(container.getName()));
    }

    /** Adds both to an app's pod. */
    V1PodSpec addTo(V1PodSpec pod, String secret, AppPorts ports, boolean hasIngress, Optional<RelayedPort> relayed) {
        V1Container relay = relay();
        if (hasIngress) {
            relay.addPortsItem(containerPort(CONTAINER, port(ports)));
        }
        relayed.ifPresent(one -> relay.addPortsItem(containerPort(DATABASE_PORT, one.relay())));
        return pod.addInitContainersItem(address())
                .addInitContainersItem(relay)
                .addVolumesItem(new V1Volume().name(TMP).emptyDir(new V1EmptyDirVolumeSource()))
                .addVolumesItem(new V1Volume()
                        .name(CONTAINER)
                        .secret(new V1SecretVolumeSource()
                                .secretName(secret)
                                .defaultMode(EVERYBODY_READS)
                                .addItemsItem(new V1KeyToPath().key(CONFIG).path(CONFIG))));
    }

    /** What the app's Secret holds for it. */
    Map<String, byte[]> data(AppPorts ports, int ingressPort, Optional<RelayedPort> relayed) {
        Map<String, byte[]> data = new HashMap<>();
        data.put(TOKEN, token.getBytes(StandardCharsets.UTF_8));
        data.put(
                CONFIG,
                new AppRelayConfig(token, port(ports), ingressPort, relayed.map(RelayedPort::stream))
                        .text()
                        .getBytes(StandardCharsets.UTF_8));
        return data;
    }

    /** The first that the app does not have itself. */
    static int port(AppPorts ports) {
        return ports.freeAfter(FIRST_PORT - 1);
    }

    private static V1ContainerPort containerPort(String name, int port) {
        return new V1ContainerPort().name(name).containerPort(port).protocol("TCP");
    }

    /** In a network namespace of its pod, which ends with it. */
    V1Container address() {
        return new V1Container()
                .name(ADDRESS_CONTAINER)
                .image(image)
                .imagePullPolicy("IfNotPresent")
                .command(List.of(
                        "sh",
                        "-c",
                        "ip address show dev lo | grep -q ' %1$s/32 ' || ip address add %1$s/32 dev lo scope host"
                                .formatted(AppRelayConfig.ADDRESS)))
                .resources(resources())
                .securityContext(confined()
                        .runAsUser(0L)
                        .capabilities(new V1Capabilities().addDropItem("ALL").addAddItem("NET_ADMIN")));
    }

    private V1Container relay() {
        return new V1Container()
                .name(CONTAINER)
                .image(image)
                .imagePullPolicy("IfNotPresent")
                .restartPolicy("Always")
                .command(List.of("nginx", "-e", "stderr", "-c", CONFIG_FOLDER + "/" + CONFIG, "-g", "daemon off;"))
                .resources(resources())
                .securityContext(confined()
                        .runAsUser(NOBODY)
                        .runAsGroup(NOBODY)
                        .runAsNonRoot(true)
                        .capabilities(new V1Capabilities().addDropItem("ALL")))
                .addVolumeMountsItem(new V1VolumeMount().name(TMP).mountPath("/tmp"))
                .addVolumeMountsItem(new V1VolumeMount()
                        .name(CONTAINER)
                        .mountPath(CONFIG_FOLDER)
                        .readOnly(true));
    }

    private static V1SecurityContext confined() {
        return new V1SecurityContext().allowPrivilegeEscalation(false).readOnlyRootFilesystem(true);
    }

    private static V1ResourceRequirements resources() {
        return new V1ResourceRequirements().requests(Map.of("cpu", new Quantity("5m"), "memory", new Quantity("16Mi")));
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "AppRelay[" + image + "]";
    }
}
