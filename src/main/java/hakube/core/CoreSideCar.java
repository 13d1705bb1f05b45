package hakube.core;

import hakube.config.Settings;
import hakube.relay.CoreLinkConfig;
import hakube.versions.Version;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1KeyToPath;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SecretVolumeSource;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.List;
import java.util.Map;

/**
 * The Core link as a native side-car of Core's pod: it is up before Core and ends after it. Pure.
 *
 * <p>It runs with Core's UID, which alone can open Core's socket, and may do nothing else.
 *
 * @param image nginx with {@code sh}
 */
record CoreSideCar(String image) {

    static final String CONTAINER = "core-link";

    /** Names Core's socket to Core (core: {@code components/http/__init__.py}, 2026.11). */
    static final String SOCKET_VARIABLE = "SUPERVISOR_CORE_API_SOCKET";

    /** The first that makes a socket where it is told to (upstream {@code supervisor/homeassistant/api.py}, 2026-08). */
    private static final Version FIRST_WITH_SOCKET = new Version("2026.4.0.dev202603250907");

    private static final String SOCKET_VOLUME = "core-socket";
    private static final String SOCKET_FOLDER =
            CoreLinkConfig.SOCKET.substring(0, CoreLinkConfig.SOCKET.lastIndexOf('/'));
    private static final String CONFIG_VOLUME = "core-link";
    private static final String CONFIG_FOLDER = "/etc/hakube";
    private static final String TMP_VOLUME = "core-link-tmp";
    private static final int OWNER_READS = 0400;

    /**
     * Whether a Core of this version has one. A version without an order is taken for a new one.
     *
     * @param version null before the first installation
     */
    static boolean isWanted(String version, Settings.Link link) {
        return version != null
                && switch (link) {
                    case SOCKET -> true;
                    case TOKEN -> false;
                    case AUTO -> {
                        Version installed = new Version(version);
                        yield installed.isAtLeast(FIRST_WITH_SOCKET) || !installed.isOrdered();
                    }
                };
    }

    /** Adds it to Core's pod; Core gets the folder of the socket. */
    V1PodSpec addTo(V1PodSpec pod) {
        pod.getContainers().forEach(core -> core.addVolumeMountsItem(mount(SOCKET_VOLUME, SOCKET_FOLDER)));
        return pod.addInitContainersItem(container())
                .addVolumesItem(emptyDir(SOCKET_VOLUME))
                .addVolumesItem(emptyDir(TMP_VOLUME))
                .addVolumesItem(new V1Volume()
                        .name(CONFIG_VOLUME)
                        .secret(new V1SecretVolumeSource()
                                .secretName(CoreLinkSecret.NAME)
                                .defaultMode(OWNER_READS)
                                .addItemsItem(new V1KeyToPath()
                                        .key(CoreLinkSecret.CONFIG)
                                        .path(CoreLinkSecret.CONFIG))));
    }

    private V1Container container() {
        return new V1Container()
                .name(CONTAINER)
                .image(image)
                .imagePullPolicy("IfNotPresent")
                .restartPolicy("Always")
                .command(List.of("sh", "-c", start()))
                .addPortsItem(port("core-link", CoreLinkConfig.PORT))
                .addPortsItem(port("core-ready", CoreLinkConfig.READY_PORT))
                .readinessProbe(new V1Probe()
                        .httpGet(new V1HTTPGetAction()
                                .path(CoreLinkConfig.READY_PATH)
                                .port(new IntOrString(CoreLinkConfig.READY_PORT)))
                        .periodSeconds(2)
                        .timeoutSeconds(3)
                        .failureThreshold(3))
                .resources(new V1ResourceRequirements()
                        .requests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi"))))
                .securityContext(new V1SecurityContext()
                        .allowPrivilegeEscalation(false)
                        .readOnlyRootFilesystem(true)
                        // nginx sets the groups of its worker.
                        .capabilities(new V1Capabilities()
                                .addDropItem("ALL")
                                .addAddItem("SETGID")
                                .addAddItem("SETUID")))
                .addVolumeMountsItem(mount(SOCKET_VOLUME, SOCKET_FOLDER))
                .addVolumeMountsItem(mount(TMP_VOLUME, "/tmp"))
                .addVolumeMountsItem(mount(CONFIG_VOLUME, CONFIG_FOLDER).readOnly(true));
    }

    /** A kernel without IPv6 would refuse a socket of it, so the container looks first. */
    private static String start() {
        StringBuilder script = new StringBuilder("if [ -e /proc/net/if_inet6 ]; then ");
        for (int port : List.of(CoreLinkConfig.PORT, CoreLinkConfig.READY_PORT)) {
            script.append("echo 'listen [::]:" + port + ";' >" + CoreLinkConfig.MORE_LISTENERS.get(port) + "; ");
        }
        return script.append("fi; exec nginx -e stderr -c " + CONFIG_FOLDER + "/" + CoreLinkSecret.CONFIG
                        + " -g 'daemon off;'")
                .toString();
    }

    private static V1ContainerPort port(String name, int number) {
        return new V1ContainerPort().name(name).containerPort(number).protocol("TCP");
    }

    private static V1Volume emptyDir(String name) {
        return new V1Volume().name(name).emptyDir(new V1EmptyDirVolumeSource());
    }

    private static V1VolumeMount mount(String volume, String path) {
        return new V1VolumeMount().name(volume).mountPath(path);
    }
}
