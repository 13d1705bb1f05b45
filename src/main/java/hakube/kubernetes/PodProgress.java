package hakube.kubernetes;

import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How far the start of a pod is. A few coarse steps: how much of an image is there already, no kubelet tells. Pure.
 */
public final class PodProgress {

    private static final double ASKED_FOR = 10;
    private static final double HAS_NODE = 20;
    private static final double IS_PREPARED = 40;
    private static final double RUNS = 80;

    private PodProgress() {}

    /**
     * The step that the pod has reached.
     *
     * @param container the one that counts
     * @return 0 to 100; whoever waits for more than a running container says 100 by itself
     */
    public static double of(V1Pod pod, String container) {
        if (isRunning(pod, container)) {
            return RUNS;
        }
        if (is(pod, "Initialized")) {
            // Its image is being pulled, or the container made.
            return IS_PREPARED;
        }
        return is(pod, "PodScheduled") ? HAS_NODE : ASKED_FOR;
    }

    private static boolean isRunning(V1Pod pod, String container) {
        return status(pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses())
                .filter(status -> container.equals(status.getName()))
                .anyMatch(
                        status -> status.getState() != null && status.getState().getRunning() != null);
    }

    /** Without a node there is nothing to prepare, whatever a pod without init containers says. */
    private static boolean is(V1Pod pod, String type) {
        List<V1PodCondition> conditions = Optional.ofNullable(pod.getStatus())
                .map(status -> status.getConditions())
                .orElse(List.of());
        return holds(conditions, "PodScheduled") && holds(conditions, type);
    }

    private static boolean holds(List<V1PodCondition> conditions, String type) {
        return conditions.stream()
                .anyMatch(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    private static Stream<V1ContainerStatus> status(List<V1ContainerStatus> statuses) {
        return statuses == null ? Stream.empty() : statuses.stream();
    }
}
