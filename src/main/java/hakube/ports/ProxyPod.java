package hakube.ports;

import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1EmptyDirVolumeSource;
import io.kubernetes.client.openapi.models.V1ExecAction;
import io.kubernetes.client.openapi.models.V1Lifecycle;
import io.kubernetes.client.openapi.models.V1LifecycleHandler;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import io.kubernetes.client.openapi.models.V1SeccompProfile;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Sysctl;
import io.kubernetes.client.openapi.models.V1TCPSocketAction;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.util.Map;
import java.util.Optional;

/**
 * The proxy's pod: nginx without any right. Ports below 1024 need none, since the pod sets a safe sysctl; it fits Pod
 * Security level {@code restricted}.
 */
final class ProxyPod {

    static final String CONFIG_VOLUME = "config";

    private static final String CONFIG_FILE = "/etc/hakube/" + ProxyConfig.FILE;

    /** Until then every node and load balancer has heard that the pod goes, and sends new connections to the other one. */
    private static final int ACCEPT_ON_SECONDS = 15;

    private static final long GRACE_SECONDS = ACCEPT_ON_SECONDS + ProxyConfig.DRAIN.toSeconds() + 15;
    private static final long NOBODY = 65534;

    private ProxyPod() {}

    static V1PodSpec spec(String image, Optional<String> nodeArch, ProxyConfig config, V1Volume configVolume) {
        V1PodSpec pod = new V1PodSpec()
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .terminationGracePeriodSeconds(GRACE_SECONDS)
                .securityContext(new V1PodSecurityContext()
                        .runAsNonRoot(true)
                        .runAsUser(NOBODY)
                        .runAsGroup(NOBODY)
                        .seccompProfile(new V1SeccompProfile().type("RuntimeDefault"))
                        .addSysctlsItem(new V1Sysctl()
                                .name("net.ipv4.ip_unprivileged_port_start")
                                .value("0")))
                .addContainersItem(container(image, config))
                .addVolumesItem(configVolume)
                .addVolumesItem(new V1Volume().name("tmp").emptyDir(new V1EmptyDirVolumeSource()));
        nodeArch.ifPresent(arch -> pod.putNodeSelectorItem("kubernetes.io/arch", arch));
        return pod;
    }

    private static V1Container container(String image, ProxyConfig config) {
        // A kubelet that watches the ConfigMap already may hand out the version before: wait for the right one.
        String start = "until IFS= read -r mark <" + CONFIG_FILE + " && [ \"$mark\" = '# " + config.hash()
                + "' ]; do sleep 1; done; exec nginx -e stderr -c " + CONFIG_FILE + " -g 'daemon off;'";
        // The kubelet sends its own signal, which ends nginx at once, only after this script: so it stays until nginx
        // ended.
        String stop = "sleep " + ACCEPT_ON_SECONDS + "; kill -QUIT 1; while kill -0 1; do sleep 1; done";
        return new V1Container()
                .name("proxy")
                .image(image)
                .addCommandItem("sh")
                .addCommandItem("-c")
                .addCommandItem(start)
                .readinessProbe(new V1Probe()
                        .tcpSocket(new V1TCPSocketAction().port(new IntOrString(config.readyPort())))
                        .periodSeconds(1)
                        .failureThreshold(3))
                .lifecycle(new V1Lifecycle()
                        .preStop(new V1LifecycleHandler()
                                .exec(new V1ExecAction()
                                        .addCommandItem("sh")
                                        .addCommandItem("-c")
                                        .addCommandItem(stop))))
                .resources(new V1ResourceRequirements()
                        .requests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("32Mi"))))
                .securityContext(new V1SecurityContext()
                        .allowPrivilegeEscalation(false)
                        .readOnlyRootFilesystem(true)
                        .capabilities(new V1Capabilities().addDropItem("ALL")))
                .addVolumeMountsItem(new V1VolumeMount()
                        .name(CONFIG_VOLUME)
                        .mountPath("/etc/hakube")
                        .readOnly(true))
                .addVolumeMountsItem(new V1VolumeMount().name("tmp").mountPath("/tmp"));
    }
}
