package hakube.core;

import hakube.kubernetes.FailedWait;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads from a pod's status whether it runs, and what keeps it from running. Pure. */
final class PodFault {

    private PodFault() {}

    static boolean isReady(V1Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && conditions(pod)
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** A fault that waiting does not mend. */
    static Optional<String> decided(V1Pod pod) {
        return statuses(pod)
                .filter(status -> waiting(status).filter(FailedWait::is).isPresent())
                .findFirst()
                .map(PodFault::text);
    }

    /** Why the pod is not ready at present, for the message when the time is up; empty when it does not say. */
    static Optional<String> explain(V1Pod pod) {
        return Stream.concat(
                        statuses(pod)
                                .filter(status -> waiting(status)
                                        .map(state -> state.getReason() != null)
                                        .orElse(false))
                                .map(PodFault::text),
                        conditions(pod)
                                .filter(condition -> "False".equals(condition.getStatus()))
                                .filter(condition -> condition.getMessage() != null)
                                .map(condition -> condition.getReason() + ": " + condition.getMessage()))
                .findFirst();
    }

    private static String text(V1ContainerStatus status) {
        V1ContainerStateWaiting state = waiting(status).orElseThrow();
        String text = state.getMessage() == null ? state.getReason() : state.getReason() + ": " + state.getMessage();
        return Optional.ofNullable(status.getLastState())
                .map(V1ContainerState::getTerminated)
                .map(V1ContainerStateTerminated::getExitCode)
                .map(code -> text + " (exit code " + code + ")")
                .orElse(text);
    }

    private static Optional<V1ContainerStateWaiting> waiting(V1ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(V1ContainerState::getWaiting);
    }

    private static Stream<V1ContainerStatus> statuses(V1Pod pod) {
        return status(pod).stream()
                .flatMap(status ->
                        Stream.concat(list(status.getInitContainerStatuses()), list(status.getContainerStatuses())));
    }

    private static Stream<V1PodCondition> conditions(V1Pod pod) {
        return status(pod).stream().flatMap(status -> list(status.getConditions()));
    }

    private static Optional<V1PodStatus> status(V1Pod pod) {
        return Optional.ofNullable(pod.getStatus());
    }

    private static <T> Stream<T> list(List<T> list) {
        return list == null ? Stream.empty() : list.stream();
    }
}
