package hakube.apps;

import hakube.kubernetes.FailedWait;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The state of an app out of its objects; pure (docs/architecture.md, States of an app). */
final class AppStates {

    /** How long a pod may find no node before that counts as an error. */
    static final Duration UNSCHEDULABLE = Duration.ofSeconds(120);

    private AppStates() {}

    /**
     * A state and what led to it.
     *
     * @param reason for the log, empty where there is nothing to say
     * @param waiting what waits in vain, where that is the error
     * @param isRefused whether the cluster takes no such pod, where that is the error
     */
    record Seen(AppState state, String reason, Optional<Waiting> waiting, boolean isRefused) {
        Seen(AppState state) {
            this(state, "");
        }

        Seen(AppState state, String reason) {
            this(state, reason, Optional.empty(), false);
        }

        /** Whether it runs or is about to. */
        boolean isUp() {
            return state == AppState.STARTED || state == AppState.STARTUP;
        }
    }

    /**
     * A container that will not run as things are, the app's own or one that comes before it.
     *
     * @param image that it is to run
     * @param reason the kubelet's word for it, such as {@code ErrImagePull}
     * @param message the kubelet's explanation, empty where it gives none
     */
    record Waiting(String container, String image, String reason, String message) {
        /** What led to it, for people. */
        String text() {
            String text = message.isEmpty() ? reason : reason + ": " + message;
            return AppWorkload.CONTAINER.equals(container)
                    ? text
                    : container + ", which comes before it, does not run: " + text;
        }
    }

    /**
     * The first row that fits.
     *
     * @param pods of the app, in any order
     * @param previous the state before, which lasts while a stopped app's pod still ends
     */
    static Seen of(Optional<V1Deployment> deployment, List<V1Pod> pods, AppState previous, Instant now) {
        Optional<V1Pod> once = newest(pods.stream().filter(AppStates::isOfJob).toList());
        if (once.isPresent() && !isLeaving(once.get())) {
            return ofPod(once.get(), now);
        }
        if (deployment.isEmpty()) {
            return new Seen(AppState.UNKNOWN);
        }
        if (replicas(deployment.get()) == 0) {
            if (!pods.stream().allMatch(AppStates::isLeftOver)) {
                return new Seen(previous);
            }
            int code = exitCode(deployment.get());
            return code == 0
                    ? new Seen(AppState.STOPPED)
                    : new Seen(AppState.ERROR, "its process ended with code " + code);
        }
        List<V1Pod> staying = pods.stream().filter(pod -> !isLeaving(pod)).toList();
        return newest(staying).map(pod -> ofPod(pod, now)).orElseGet(() -> withoutPod(deployment.get()));
    }

    /** What runs for the app now: the newest pod that is not on its way out. */
    static Optional<V1Pod> current(List<V1Pod> pods) {
        return newest(pods.stream().filter(pod -> !isLeaving(pod)).toList());
    }

    static int replicas(V1Deployment deployment) {
        Integer replicas =
                deployment.getSpec() == null ? null : deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    /** Exit code of the last run that ended by itself, 0 when there is none. */
    static int exitCode(V1Deployment deployment) {
        Map<String, String> annotations = deployment.getMetadata().getAnnotations();
        String code = annotations == null ? null : annotations.get(Labels.EXIT_CODE);
        return code == null || !code.matches("-?[0-9]{1,9}") ? 0 : Integer.parseInt(code);
    }

    static Optional<V1ContainerStatus> container(V1Pod pod) {
        List<V1ContainerStatus> statuses =
                pod.getStatus() == null ? null : pod.getStatus().getContainerStatuses();
        return statuses == null
                ? Optional.empty()
                : statuses.stream()
                        .filter(status -> AppWorkload.CONTAINER.equals(status.getName()))
                        .findFirst();
    }

    static boolean isLeaving(V1Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() != null;
    }

    /** A pod that its node gave up: its Deployment has replaced it and leaves it lying about. */
    static boolean isLeftOver(V1Pod pod) {
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        return !isOfJob(pod) && !isLeaving(pod) && ("Failed".equals(phase) || "Succeeded".equals(phase));
    }

    static boolean isOfJob(V1Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        return labels != null && (labels.containsKey("batch.kubernetes.io/job-name") || labels.containsKey("job-name"));
    }

    private static Seen ofPod(V1Pod pod, Instant now) {
        Optional<V1ContainerStatus> container = container(pod);
        if (container.isPresent() && container.get().getState() != null) {
            V1ContainerStateTerminated ended = container.get().getState().getTerminated();
            if (ended != null) {
                return ended.getExitCode() == 0
                        ? new Seen(AppState.STOPPED, "its process ended")
                        : new Seen(AppState.ERROR, "its process ended with code " + ended.getExitCode());
            }
            if (container.get().getState().getRunning() != null) {
                return new Seen(AppState.STARTED);
            }
        }
        Optional<Waiting> waiting = container.flatMap(AppStates::waiting).or(() -> waitingBefore(pod));
        if (waiting.isPresent()) {
            return new Seen(AppState.ERROR, waiting.get().text(), waiting, false);
        }
        String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
        if ("Failed".equals(phase)) {
            return new Seen(AppState.ERROR, "its pod failed: " + pod.getStatus().getReason());
        }
        if ("Succeeded".equals(phase)) {
            return new Seen(AppState.STOPPED, "its process ended");
        }
        return unschedulable(pod, now)
                .map(why -> new Seen(AppState.ERROR, why))
                .orElseGet(() -> new Seen(AppState.STARTUP));
    }

    /** What must run before the app does, and does not. */
    private static Optional<Waiting> waitingBefore(V1Pod pod) {
        List<V1ContainerStatus> statuses =
                pod.getStatus() == null ? null : pod.getStatus().getInitContainerStatuses();
        return statuses == null
                ? Optional.empty()
                : statuses.stream().flatMap(status -> waiting(status).stream()).findFirst();
    }

    private static Optional<Waiting> waiting(V1ContainerStatus status) {
        V1ContainerStateWaiting waiting =
                status.getState() == null ? null : status.getState().getWaiting();
        return FailedWait.is(waiting)
                ? Optional.of(new Waiting(
                        status.getName(),
                        Objects.requireNonNullElse(status.getImage(), ""),
                        waiting.getReason(),
                        Objects.requireNonNullElse(waiting.getMessage(), "")))
                : Optional.empty();
    }

    private static Optional<String> unschedulable(V1Pod pod, Instant now) {
        if (pod.getStatus() == null || pod.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        return pod.getStatus().getConditions().stream()
                .filter(condition -> "PodScheduled".equals(condition.getType())
                        && "False".equals(condition.getStatus())
                        && "Unschedulable".equals(condition.getReason())
                        && condition.getLastTransitionTime() != null
                        && condition
                                .getLastTransitionTime()
                                .toInstant()
                                .plus(UNSCHEDULABLE)
                                .isBefore(now))
                .map(condition -> "no node takes its pod: " + condition.getMessage())
                .findFirst();
    }

    /** What the cluster says for taking no pod of it. */
    static Optional<String> refusal(V1Deployment deployment) {
        return deployment.getStatus() == null || deployment.getStatus().getConditions() == null
                ? Optional.empty()
                : deployment.getStatus().getConditions().stream()
                        .filter(condition ->
                                "ReplicaFailure".equals(condition.getType()) && "True".equals(condition.getStatus()))
                        .map(condition -> String.valueOf(condition.getMessage()))
                        .findFirst();
    }

    private static Seen withoutPod(V1Deployment deployment) {
        String relay = AppRelay.isIn(deployment) ? ", whose " + AppRelay.ADDRESS_CONTAINER + " has NET_ADMIN," : "";
        return refusal(deployment)
                .map(why ->
                        new Seen(AppState.ERROR, "its pod" + relay + " was refused: " + why, Optional.empty(), true))
                .orElseGet(() -> new Seen(AppState.STARTUP));
    }

    private static Optional<V1Pod> newest(List<V1Pod> pods) {
        return pods.stream()
                .max(Comparator.comparing(
                        pod -> pod.getMetadata().getCreationTimestamp(),
                        Comparator.nullsFirst(Comparator.naturalOrder())));
    }
}
