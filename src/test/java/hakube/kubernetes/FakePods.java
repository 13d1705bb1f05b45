package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1OwnerReference;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1StatefulSetStatus;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The controllers and the kubelet of a {@link FakeCluster}: one pod for each workload that is scaled up. */
final class FakePods {

    private final FakeCluster cluster;

    FakePods(FakeCluster cluster) {
        this.cluster = cluster;
    }

    void run() {
        cluster.all(Kind.DEPLOYMENT).forEach(deployment -> {
            int replicas = deployment.getSpec().getReplicas();
            String pod = deployment.getMetadata().getName() + "-pod";
            if (bring(
                    pod,
                    replicas,
                    "Deployment",
                    deployment,
                    deployment.getSpec().getTemplate())) {
                cluster.put(
                        Kind.DEPLOYMENT,
                        deployment.status(new V1DeploymentStatus()
                                .replicas(replicas)
                                .readyReplicas(replicas)
                                .availableReplicas(replicas)));
            }
        });
        cluster.all(Kind.STATEFUL_SET).forEach(set -> {
            int replicas = set.getSpec().getReplicas();
            String pod = set.getMetadata().getName() + "-0";
            if (bring(pod, replicas, "StatefulSet", set, set.getSpec().getTemplate())) {
                cluster.put(
                        Kind.STATEFUL_SET,
                        set.status(new V1StatefulSetStatus().replicas(replicas).readyReplicas(replicas)));
            }
        });
    }

    /** Whether something had to be done. */
    private boolean bring(String name, int replicas, String kind, KubernetesObject owner, V1PodTemplateSpec template) {
        boolean exists = cluster.all(Kind.POD).stream()
                .anyMatch(pod -> name.equals(pod.getMetadata().getName()));
        if (exists == replicas > 0) {
            return false;
        }
        if (exists) {
            cluster.remove(Kind.POD, name);
        } else {
            cluster.put(Kind.POD, pod(name, kind, owner, template));
        }
        return true;
    }

    private V1Pod pod(String name, String kind, KubernetesObject owner, V1PodTemplateSpec template) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        Optional<V1ObjectMeta> own = Optional.ofNullable(template.getMetadata());
        List<V1Container> containers = template.getSpec().getContainers();
        String address = cluster.nextAddress();
        return new V1Pod()
                .metadata(new V1ObjectMeta()
                        .name(name)
                        .labels(own.map(V1ObjectMeta::getLabels).orElse(Map.of()))
                        .annotations(own.map(V1ObjectMeta::getAnnotations).orElse(Map.of()))
                        .addOwnerReferencesItem(new V1OwnerReference()
                                .apiVersion("apps/v1")
                                .kind(kind)
                                .name(owner.getMetadata().getName())
                                .uid(owner.getMetadata().getUid())
                                .controller(true)))
                .spec(template.getSpec())
                .status(new V1PodStatus()
                        .phase("Running")
                        .podIP(address)
                        .startTime(now)
                        .addConditionsItem(new V1PodCondition().type("Ready").status("True"))
                        .containerStatuses(containers.stream()
                                .map(container -> new V1ContainerStatus()
                                        .name(container.getName())
                                        .image(container.getImage())
                                        .containerID("fake://" + name + "/" + container.getName())
                                        .ready(true)
                                        .started(true)
                                        .restartCount(0)
                                        .state(new V1ContainerState()
                                                .running(new V1ContainerStateRunning().startedAt(now))))
                                .toList()));
    }
}
