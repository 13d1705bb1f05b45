package hakube.core;

import hakube.access.Tokens;
import hakube.config.Settings;
import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import hakube.storage.Folders;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimVolumeSource;
import io.kubernetes.client.openapi.models.V1PodAffinity;
import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import io.kubernetes.client.openapi.models.V1PodDNSConfig;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;
import io.kubernetes.client.openapi.models.V1StatefulSetUpdateStrategy;
import io.kubernetes.client.openapi.models.V1TCPSocketAction;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What Core is in the cluster, as values. Pure: options and settings in, objects out.
 *
 * @param timezone IANA zone
 */
record CoreWorkload(CoreOptions options, Settings settings, String timezone) {

    static final String NAME = "homeassistant";
    static final String POD = NAME + "-0";
    static final String CONTAINER = NAME;
    static final String HEADLESS_SERVICE = "homeassistant-headless";

    /** Upstream gives Core 240 s to end and 20 s more before it is killed (core image, S6_SERVICES_GRACETIME). */
    static final int STOP_SECONDS = 260;

    private static final int PLAIN_HTTP = 80;
    private static final Map<String, String> SELECTOR =
            Map.of(Labels.TYPE, "core", "app.kubernetes.io/name", "homeassistant");

    /** The Secret with Core's token. */
    V1Secret secret(String token) {
        return new V1Secret()
                .metadata(metadata(Tokens.CORE_SECRET))
                .type("Opaque")
                .data(Map.of(Tokens.KEY, token.getBytes(StandardCharsets.UTF_8)));
    }

    /** Leads to the port that Core reported, by the ports that clients know. */
    V1Service service() {
        V1ServiceSpec spec = new V1ServiceSpec().type("ClusterIP").selector(SELECTOR);
        TreeSet<Integer> ports = new TreeSet<>(
                List.of(PLAIN_HTTP, CoreOptions.DEFAULT_PORT, settings.core().servicePort(), options.port()));
        for (int port : ports) {
            spec.addPortsItem(new V1ServicePort()
                    .name(port == CoreOptions.DEFAULT_PORT ? "http" : "http-" + port)
                    .port(port)
                    .protocol("TCP")
                    .targetPort(new IntOrString(options.port())));
        }
        return new V1Service().metadata(metadata(settings.core().serviceName())).spec(spec);
    }

    /** Names the pod, also while it is not ready. */
    V1Service headlessService() {
        return new V1Service()
                .metadata(metadata(HEADLESS_SERVICE))
                .spec(new V1ServiceSpec()
                        .clusterIP("None")
                        .publishNotReadyAddresses(true)
                        .selector(SELECTOR)
                        .addPortsItem(new V1ServicePort()
                                .name("http")
                                .port(options.port())
                                .protocol("TCP")
                                .targetPort(new IntOrString(options.port()))));
    }

    /**
     * The StatefulSet.
     *
     * @param replicas 0 before a start, so that no pod has an old token; else what there is
     * @param tokenHash first 12 hex digits of the token's SHA-256
     */
    V1StatefulSet statefulSet(int replicas, String tokenHash) {
        return new V1StatefulSet()
                .metadata(metadata(NAME))
                .spec(new V1StatefulSetSpec()
                        .replicas(replicas)
                        .serviceName(HEADLESS_SERVICE)
                        .podManagementPolicy("OrderedReady")
                        .updateStrategy(new V1StatefulSetUpdateStrategy().type("OnDelete"))
                        .selector(new V1LabelSelector().matchLabels(SELECTOR))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta()
                                        .labels(labels())
                                        .putAnnotationsItem(Labels.TOKEN_HASH, tokenHash))
                                .spec(pod())));
    }

    private V1PodSpec pod() {
        Settings.ClusterAccess cluster = settings.cluster();
        V1PodSpec pod = new V1PodSpec()
                .automountServiceAccountToken(false)
                .enableServiceLinks(false)
                .terminationGracePeriodSeconds((long) STOP_SECONDS)
                .dnsConfig(new V1PodDNSConfig()
                        .addSearchesItem("ha-addons." + cluster.namespace() + ".svc." + cluster.domain()))
                .addContainersItem(container())
                .addVolumesItem(new V1Volume()
                        .name("data")
                        .persistentVolumeClaim(new V1PersistentVolumeClaimVolumeSource()
                                .claimName(settings.claim().name())));
        cluster.nodeArch().ifPresent(arch -> pod.putNodeSelectorItem("kubernetes.io/arch", arch));
        if (settings.claim().allowReadWriteOnce()) {
            pod.affinity(besideTheSupervisor());
        }
        return pod;
    }

    private V1Container container() {
        return new V1Container()
                .name(CONTAINER)
                .image(options.image() + ":" + options.version())
                .imagePullPolicy("IfNotPresent")
                .env(environment())
                .addPortsItem(new V1ContainerPort()
                        .name("http")
                        .containerPort(options.port())
                        .protocol("TCP"))
                .readinessProbe(new V1Probe()
                        .tcpSocket(new V1TCPSocketAction().port(new IntOrString(options.port())))
                        .periodSeconds(2)
                        .timeoutSeconds(3)
                        .failureThreshold(3))
                .addVolumeMountsItem(mount("/config", Folders.HOME_ASSISTANT))
                .addVolumeMountsItem(mount("/ssl", Folders.SSL).readOnly(true))
                .addVolumeMountsItem(mount("/share", Folders.SHARE))
                .addVolumeMountsItem(mount("/media", Folders.MEDIA));
    }

    private List<V1EnvVar> environment() {
        Settings.ClusterAccess cluster = settings.cluster();
        String supervisor = cluster.servicePort() == PLAIN_HTTP
                ? cluster.serviceName()
                : cluster.serviceName() + ":" + cluster.servicePort();
        List<V1EnvVar> environment = new ArrayList<>();
        environment.add(new V1EnvVar().name("TZ").value(timezone));
        environment.add(new V1EnvVar().name("SETUP_PORT").value(Integer.toString(CoreOptions.DEFAULT_PORT)));
        if (options.duplicateLogFile()) {
            environment.add(new V1EnvVar().name("HA_DUPLICATE_LOG_FILE").value("1"));
        }
        environment.add(new V1EnvVar().name("SUPERVISOR").value(supervisor));
        environment.add(new V1EnvVar().name("HASSIO").value(supervisor));
        environment.add(token("SUPERVISOR_TOKEN"));
        environment.add(token("HASSIO_TOKEN"));
        return environment;
    }

    /** A ReadWriteOnce claim is on one node at a time: Core must run where the Supervisor does. */
    private V1Affinity besideTheSupervisor() {
        return new V1Affinity()
                .podAffinity(new V1PodAffinity()
                        .addRequiredDuringSchedulingIgnoredDuringExecutionItem(new V1PodAffinityTerm()
                                .topologyKey("kubernetes.io/hostname")
                                .labelSelector(new V1LabelSelector()
                                        .putMatchLabelsItem(
                                                "statefulset.kubernetes.io/pod-name",
                                                settings.supervisor().name() + "-0"))));
    }

    private V1ObjectMeta metadata(String name) {
        return new V1ObjectMeta().name(name).labels(labels());
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(SELECTOR);
        labels.put("app.kubernetes.io/component", "core");
        labels.put("app.kubernetes.io/part-of", "home-assistant");
        labels.put("app.kubernetes.io/managed-by", "hass-supervisor");
        labels.put(Labels.MANAGED, "true");
        if (options.version() != null) {
            labels.put(Labels.VERSION, ObjectNames.labelValue(options.version()));
        }
        return labels;
    }

    private static V1EnvVar token(String name) {
        return new V1EnvVar()
                .name(name)
                .valueFrom(new V1EnvVarSource()
                        .secretKeyRef(new V1SecretKeySelector()
                                .name(Tokens.CORE_SECRET)
                                .key(Tokens.KEY)));
    }

    private static V1VolumeMount mount(String path, String subPath) {
        return new V1VolumeMount().name("data").mountPath(path).subPath(subPath);
    }
}
