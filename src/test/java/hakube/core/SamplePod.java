package hakube.core;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.UUID;

/** Pods as a kubelet reports them when something is wrong. */
final class SamplePod {

    private SamplePod() {}

    /** Core's pod, made from the template as it is now, with a container that waits. */
    static V1Pod waiting(Cluster cluster, String reason, String message) {
        return core(cluster)
                .status(new V1PodStatus()
                        .phase("Pending")
                        .addContainerStatusesItem(status(CoreWorkload.CONTAINER)
                                .state(new V1ContainerState()
                                        .waiting(new V1ContainerStateWaiting()
                                                .reason(reason)
                                                .message(message)))));
    }

    /** Core's pod that crashes again and again. */
    static V1Pod crashing(Cluster cluster, int exitCode) {
        V1Pod pod = waiting(cluster, "CrashLoopBackOff", "back-off 10s restarting failed container");
        pod.getStatus()
                .getContainerStatuses()
                .getFirst()
                .restartCount(3)
                .lastState(new V1ContainerState().terminated(new V1ContainerStateTerminated().exitCode(exitCode)));
        return pod;
    }

    /** Core's pod that no node takes. */
    static V1Pod unschedulable(Cluster cluster, String message) {
        return core(cluster)
                .status(new V1PodStatus()
                        .phase("Pending")
                        .addConditionsItem(new V1PodCondition()
                                .type("PodScheduled")
                                .status("False")
                                .reason("Unschedulable")
                                .message(message)));
    }

    /** The check's pod, at its end. */
    static V1Pod checked(V1Pod pod, boolean isValid) {
        return pod.status(new V1PodStatus().phase(isValid ? "Succeeded" : "Failed"));
    }

    private static V1Pod core(Cluster cluster) {
        var template = cluster.watched(Kind.STATEFUL_SET)
                .find(CoreWorkload.NAME)
                .orElseThrow()
                .getSpec()
                .getTemplate();
        return new V1Pod()
                .metadata(new V1ObjectMeta()
                        .name(CoreWorkload.POD)
                        .uid(UUID.randomUUID().toString())
                        .labels(template.getMetadata().getLabels()))
                .spec(new V1PodSpec()
                        .addContainersItem(new V1Container()
                                .name(CoreWorkload.CONTAINER)
                                .image(template.getSpec()
                                        .getContainers()
                                        .getFirst()
                                        .getImage())));
    }

    private static V1ContainerStatus status(String container) {
        return new V1ContainerStatus()
                .name(container)
                .image("localhost/core")
                .imageID("")
                .ready(false)
                .restartCount(0);
    }
}
