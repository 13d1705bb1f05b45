package hakube.apps;

import hakube.kubernetes.Labels;
import hakube.kubernetes.ObjectNames;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Pods of apps, as a kubelet reports them. */
final class TestPods {

    private TestPods() {}

    /** Without any status of its container yet. */
    static V1Pod pending(String slug) {
        return new V1Pod()
                .metadata(new V1ObjectMeta()
                        .name(ObjectNames.deployment(slug) + "-pod")
                        .creationTimestamp(time(0))
                        .putLabelsItem(Labels.MANAGED, "true")
                        .putLabelsItem(Labels.TYPE, AppWorkload.TYPE)
                        .putLabelsItem(Labels.SLUG, ObjectNames.labelValue(slug)))
                .status(new V1PodStatus().phase("Pending"));
    }

    static V1Pod running(String slug) {
        return with(pending(slug), new V1ContainerState().running(new V1ContainerStateRunning()));
    }

    static V1Pod waiting(String slug, String reason) {
        V1Pod pod = with(
                pending(slug),
                new V1ContainerState()
                        .waiting(new V1ContainerStateWaiting().reason(reason).message("because")));
        pod.getStatus().setPhase("Pending");
        return pod;
    }

    /** A container before the app's waits so, the app's own for that one. */
    static V1Pod waitingBefore(String slug, String container, String image, String reason) {
        V1Pod pod = waiting(slug, "PodInitializing");
        pod.getStatus()
                .addInitContainerStatusesItem(new V1ContainerStatus()
                        .name(container)
                        .image(image)
                        .state(new V1ContainerState()
                                .waiting(new V1ContainerStateWaiting()
                                        .reason(reason)
                                        .message("because"))));
        return pod;
    }

    static V1Pod ended(String slug, int code) {
        return with(pending(slug), ended(code));
    }

    static V1ContainerState ended(int code) {
        return new V1ContainerState()
                .terminated(new V1ContainerStateTerminated().exitCode(code).reason(code == 0 ? "Completed" : "Error"));
    }

    /** That state now, and phase Running. */
    static V1Pod with(V1Pod pod, V1ContainerState now) {
        pod.getStatus()
                .phase("Running")
                .containerStatuses(List.of(
                        new V1ContainerStatus().name("ingress-relay").state(ended(0)),
                        new V1ContainerStatus()
                                .name(AppWorkload.CONTAINER)
                                .restartCount(0)
                                .state(now)));
        return pod;
    }

    /** How the run before ended, and the how manieth this is. */
    static V1Pod restarted(V1Pod pod, int restarts, V1ContainerState before) {
        pod.getStatus().getContainerStatuses().getLast().restartCount(restarts).lastState(before);
        return pod;
    }

    static V1Pod leaving(V1Pod pod) {
        pod.getMetadata().setDeletionTimestamp(time(1));
        return pod;
    }

    static V1Pod ofJob(V1Pod pod) {
        pod.getMetadata()
                .name(pod.getMetadata().getName() + "-run")
                .putLabelsItem("batch.kubernetes.io/job-name", "any");
        return pod;
    }

    /** @param second of its creation */
    static V1Pod born(V1Pod pod, int second) {
        pod.getMetadata().name(pod.getMetadata().getName() + second).creationTimestamp(time(second));
        return pod;
    }

    static V1Pod unschedulable(String slug, Instant since) {
        V1Pod pod = pending(slug);
        pod.getStatus()
                .addConditionsItem(new V1PodCondition()
                        .type("PodScheduled")
                        .status("False")
                        .reason("Unschedulable")
                        .message("0/1 nodes are available")
                        .lastTransitionTime(since.atOffset(ZoneOffset.UTC)));
        return pod;
    }

    private static OffsetDateTime time(int second) {
        return OffsetDateTime.of(2026, 11, 1, 0, 0, second, 0, ZoneOffset.UTC);
    }
}
