package hakube.core;

import hakube.access.Tokens;
import hakube.config.Settings;
import hakube.kubernetes.Labels;
import hakube.relay.CoreLinkConfig;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1EnvVarSource;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;
import io.kubernetes.client.openapi.models.V1StatefulSetUpdateStrategy;
import io.kubernetes.client.openapi.models.V1TCPSocketAction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Core's StatefulSet, as a value. Pure: options and settings in, object out.
 *
 * <p>No startup and no liveness probe: a slow first start or a changed port must not kill Core.
 *
 * @param timezone IANA zone
 * @param beside the pod on whose node Core must run, empty: anywhere
 * @param pullSecret name of the Secret with the credentials of registries, empty while there is none
 * @param restoreJob id of the restore during which Core is started, for it to follow; mostly empty
 */
record CoreWorkload(
        CoreOptions options,
        Settings settings,
        String timezone,
        Optional<String> beside,
        Optional<String> pullSecret,
        Optional<String> restoreJob) {

    static final String NAME = "homeassistant";
    static final String POD = NAME + "-0";
    static final String CONTAINER = NAME;

    /** Upstream gives Core 240 s to end and 20 s more before it is killed (core image, S6_SERVICES_GRACETIME). */
    static final int STOP_SECONDS = 260;

    /** Core looks there for the job of a restore that it has not seen the end of (core: hassio/backup.py, 2026.11). */
    static final String RESTORE_JOB = "SUPERVISOR_RESTORE_JOB_ID";

    private static final int PLAIN_HTTP = 80;

    /**
     * The StatefulSet.
     *
     * @param replicas 0 before a start, so that no pod has an old token; else what there is
     * @param linkHash of the Core link's configuration, empty: Core has none
     */
    V1StatefulSet statefulSet(int replicas, String tokenHash, Optional<String> linkHash) {
        V1ObjectMeta metadata =
                new V1ObjectMeta().labels(CoreLabels.of(options)).putAnnotationsItem(Labels.TOKEN_HASH, tokenHash);
        linkHash.ifPresent(hash -> metadata.putAnnotationsItem(Labels.CONFIG_HASH, hash));
        return new V1StatefulSet()
                .metadata(CoreLabels.metadata(NAME, options))
                .spec(new V1StatefulSetSpec()
                        .replicas(replicas)
                        .serviceName(CoreServices.HEADLESS)
                        .podManagementPolicy("OrderedReady")
                        .updateStrategy(new V1StatefulSetUpdateStrategy().type("OnDelete"))
                        .selector(new V1LabelSelector().matchLabels(CoreLabels.SELECTOR))
                        .template(new V1PodTemplateSpec()
                                .metadata(metadata)
                                .spec(
                                        linkHash.isPresent()
                                                ? linkedPod()
                                                : pod(container().readinessProbe(tcp())))));
    }

    /** The side-car says when Core is ready, whatever port Core has. */
    private V1PodSpec linkedPod() {
        return new CoreSideCar(settings.internalGateway().image())
                .addTo(pod(container()
                        .addEnvItem(
                                new V1EnvVar().name(CoreSideCar.SOCKET_VARIABLE).value(CoreLinkConfig.SOCKET))));
    }

    private V1PodSpec pod(V1Container container) {
        return new CorePod(settings, beside, pullSecret).around(container).terminationGracePeriodSeconds((long)
                STOP_SECONDS);
    }

    private V1Container container() {
        return new CorePod(settings, beside, pullSecret)
                .container(options)
                .name(CONTAINER)
                .env(environment())
                .addPortsItem(new V1ContainerPort()
                        .name("http")
                        .containerPort(options.port())
                        .protocol("TCP"));
    }

    private V1Probe tcp() {
        return new V1Probe()
                .tcpSocket(new V1TCPSocketAction().port(new IntOrString(options.port())))
                .periodSeconds(2)
                .timeoutSeconds(3)
                .failureThreshold(3);
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
        restoreJob.ifPresent(
                id -> environment.add(new V1EnvVar().name(RESTORE_JOB).value(id)));
        return environment;
    }

    private static V1EnvVar token(String name) {
        return new V1EnvVar()
                .name(name)
                .valueFrom(new V1EnvVarSource()
                        .secretKeyRef(new V1SecretKeySelector()
                                .name(Tokens.CORE_SECRET)
                                .key(Tokens.KEY)));
    }
}
