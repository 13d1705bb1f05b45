package hakube.logs;

import hakube.kubernetes.Watched;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * One run of a workload's main container: what upstream calls a boot.
 *
 * @param pod name of the pod
 * @param key the same as long as the run is
 * @param restarts runs of this container in this pod before this one
 * @param hasBegun whether there can be a log
 * @param isRunning whether the log may still grow
 * @param id of the container, empty when unknown
 * @param previousId of the container before it in the same pod, empty when unknown
 */
record LogRun(String pod, String key, int restarts, boolean hasBegun, boolean isRunning, String id, String previousId) {

    /** Stands for a workload without a pod. */
    static final LogRun NONE = new LogRun("", "", 0, false, false, "", "");

    /** The run of the newest pod that is not on its way out; of the newest at all where there is no other. */
    static Optional<LogRun> newest(Watched<V1Pod> pods, LogSource.Workload source) {
        List<V1Pod> own = pods.all().stream()
                .filter(pod -> pod.getMetadata().getLabels() != null
                        && pod.getMetadata()
                                .getLabels()
                                .entrySet()
                                .containsAll(source.labels().entrySet()))
                .toList();
        Comparator<V1Pod> byAge = Comparator.comparing(
                pod -> pod.getMetadata().getCreationTimestamp(), Comparator.nullsFirst(Comparator.naturalOrder()));
        return own.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .max(byAge)
                .or(() -> own.stream().max(byAge))
                .map(pod -> of(pod, source.container()));
    }

    /**
     * Whether a boot, as routes name it, is the run before this one: 0 is this one and -1 the one before, 1 the oldest, an id
     * is that of a container.
     *
     * @return empty when there is no such boot
     */
    Optional<Boolean> isPrevious(String boot) {
        if (boot.equals("0") || boot.equals(Integer.toString(boots())) || (!id.isEmpty() && boot.equals(id))) {
            return Optional.of(false);
        }
        boolean isBefore = boot.equals("-1") || boot.equals("1") || (!previousId.isEmpty() && boot.equals(previousId));
        return isBefore && boots() > 1 ? Optional.of(true) : Optional.empty();
    }

    /** How many boots have a log: a kubelet keeps that of the last run and of the one before it. */
    int boots() {
        return restarts > 0 ? 2 : 1;
    }

    /** Whether it is the same run, seen earlier or later. */
    boolean isSameAs(LogRun other) {
        return key.equals(other.key);
    }

    static LogRun of(V1Pod pod, String container) {
        Optional<V1ContainerStatus> status = status(pod, container);
        int restarts = status.map(V1ContainerStatus::getRestartCount).orElse(0);
        Optional<V1ContainerState> state = status.map(V1ContainerStatus::getState);
        Optional<V1ContainerStateTerminated> before =
                status.map(V1ContainerStatus::getLastState).map(V1ContainerState::getTerminated);
        boolean isWaiting = state.map(V1ContainerState::getWaiting).isPresent();
        // While a container that crashed waits for its next run, the kubelet serves the log of the last one.
        boolean hasBegun = status.isPresent() && (!isWaiting || before.isPresent());
        boolean isRunning = status.isPresent()
                && !isWaiting
                && state.map(V1ContainerState::getTerminated).isEmpty();
        return new LogRun(
                pod.getMetadata().getName(),
                pod.getMetadata().getUid() + " " + restarts,
                restarts,
                hasBegun,
                isRunning,
                status.map(V1ContainerStatus::getContainerID).map(LogRun::bare).orElse(""),
                before.map(V1ContainerStateTerminated::getContainerID)
                        .map(LogRun::bare)
                        .orElse(""));
    }

    /** {@code containerd://<id>} without the run-time's name. */
    private static String bare(String id) {
        return id.substring(id.lastIndexOf('/') + 1);
    }

    private static Optional<V1ContainerStatus> status(V1Pod pod, String container) {
        if (pod.getStatus() == null || pod.getStatus().getContainerStatuses() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getContainerStatuses().stream()
                .filter(status -> status.getName().equals(container))
                .findFirst();
    }
}
