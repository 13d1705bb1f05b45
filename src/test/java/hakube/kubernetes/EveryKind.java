package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1JobSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1NetworkPolicySpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaimSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServicePort;
import io.kubernetes.client.openapi.models.V1ServiceSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;
import io.kubernetes.client.openapi.models.V1VolumeResourceRequirements;
import java.util.Map;

/** One valid object of each kind that the Supervisor knows. */
public final class EveryKind {

    private EveryKind() {}

    /** Makes it; fails when it is there already. */
    public static <T extends KubernetesObject> T create(Cluster cluster, Kind<T> kind, String name)
            throws Cluster.Changed {
        return cluster.create(kind, of(kind, cluster.namespace(), name), false);
    }

    /** A new object, not made. */
    public static <T extends KubernetesObject> T of(Kind<T> kind, String namespace, String name) {
        return kind.type().cast(object(kind.kind(), namespace, name));
    }

    private static KubernetesObject object(String kind, String namespace, String name) {
        V1ObjectMeta metadata = Sample.metadata(name);
        return switch (kind) {
            case "Pod" -> Sample.pod(name);
            case "ConfigMap" -> Sample.configMap(name, "value");
            case "Deployment" -> Sample.deployment(name);
            case "Secret" -> new V1Secret().metadata(metadata).putStringDataItem("token", "text");
            case "Service" ->
                new V1Service().metadata(metadata).spec(new V1ServiceSpec().addPortsItem(new V1ServicePort().port(80)));
            case "PersistentVolumeClaim" ->
                new V1PersistentVolumeClaim()
                        .metadata(metadata)
                        .spec(new V1PersistentVolumeClaimSpec()
                                .addAccessModesItem("ReadWriteMany")
                                .resources(new V1VolumeResourceRequirements()
                                        .requests(Map.of("storage", new Quantity("1Gi")))));
            case "Event" ->
                new CoreV1Event()
                        .metadata(metadata)
                        .reason("Tested")
                        .type("Normal")
                        .involvedObject(
                                new V1ObjectReference().kind("Pod").name(name).namespace(namespace));
            case "StatefulSet" ->
                new V1StatefulSet()
                        .metadata(metadata)
                        .spec(new V1StatefulSetSpec()
                                .replicas(0)
                                .serviceName(name)
                                .selector(new V1LabelSelector().matchLabels(Map.of("app", name)))
                                .template(Sample.template(name)));
            case "Job" ->
                new V1Job()
                        .metadata(metadata)
                        .spec(new V1JobSpec()
                                .template(new V1PodTemplateSpec()
                                        .spec(Sample.podSpec().restartPolicy("Never"))));
            case "NetworkPolicy" ->
                new V1NetworkPolicy()
                        .metadata(metadata)
                        .spec(new V1NetworkPolicySpec()
                                .podSelector(new V1LabelSelector().matchLabels(Map.of("app", name)))
                                .addPolicyTypesItem("Ingress"));
            default -> throw new IllegalArgumentException(kind);
        };
    }
}
