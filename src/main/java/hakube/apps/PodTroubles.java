package hakube.apps;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a pod shows of an end that its node has brought about, not its process. Pure. */
final class PodTroubles {

    private static final String OUT_OF_MEMORY = "OOMKilled";
    private static final String EVICTED = "Evicted";

    private PodTroubles() {}

    /**
     * An end for want of memory, of the present or the last run of any of its containers.
     *
     * @return which, for people
     */
    static Optional<String> outOfMemory(V1Pod pod) {
        return statuses(pod)
                .filter(status -> isOutOfMemory(status.getState()) || isOutOfMemory(status.getLastState()))
                .findFirst()
                .map(status -> "container " + status.getName() + " was ended, it wanted more memory than "
                        + limit(pod, status.getName())
                                .map(limit -> "its limit of " + limit)
                                .orElse("its node had"));
    }

    /**
     * That its node has given it up, for want of memory or disk.
     *
     * @return why, as the kubelet says it
     */
    static Optional<String> eviction(V1Pod pod) {
        V1PodStatus status = pod.getStatus();
        return status != null && "Failed".equals(status.getPhase()) && EVICTED.equals(status.getReason())
                ? Optional.of(Objects.requireNonNullElse(status.getMessage(), EVICTED))
                : Optional.empty();
    }

    /** The how manieth run of its containers this is: one trouble is told once, the next one anew. */
    static int restarts(V1Pod pod) {
        return statuses(pod)
                .map(V1ContainerStatus::getRestartCount)
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
    }

    private static boolean isOutOfMemory(V1ContainerState state) {
        return state != null
                && state.getTerminated() != null
                && OUT_OF_MEMORY.equals(state.getTerminated().getReason());
    }

    private static Stream<V1ContainerStatus> statuses(V1Pod pod) {
        return pod.getStatus() == null
                ? Stream.empty()
                : Stream.concat(
                        all(pod.getStatus().getContainerStatuses()),
                        all(pod.getStatus().getInitContainerStatuses()));
    }

    private static Stream<V1ContainerStatus> all(List<V1ContainerStatus> statuses) {
        return statuses == null ? Stream.empty() : statuses.stream();
    }

    private static Optional<String> limit(V1Pod pod, String name) {
        return pod.getSpec() == null
                ? Optional.empty()
                : pod.getSpec().getContainers().stream()
                        .filter(container -> name.equals(container.getName())
                                && container.getResources() != null
                                && container.getResources().getLimits() != null)
                        .map(container -> container.getResources().getLimits())
                        .map((Map<String, Quantity> limits) -> limits.get("memory"))
                        .filter(Objects::nonNull)
                        .map(Quantity::toSuffixedString)
                        .findFirst();
    }
}
