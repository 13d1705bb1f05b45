package hakube.core;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.jobs.Job;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.PodProgress;
import hakube.kubernetes.Watched;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Waits for Core's pod on the watch, never on the API server. */
@Singleton
final class CoreStart {

    /** What a stop may take beyond the pod's own grace. */
    private static final Duration MARGIN = Duration.ofSeconds(40);

    private static final Duration SEEN = Duration.ofSeconds(10);
    private static final Set<String> OBJECTS = Set.of(CoreWorkload.NAME, CoreWorkload.POD);

    private final Cluster cluster;
    private final Duration limit;

    @Inject
    CoreStart(Cluster cluster, Settings settings) {
        this.cluster = cluster;
        this.limit = settings.core().startTimeout();
    }

    /** How a start ended. */
    sealed interface End {
        /** Core answers. */
        record Ready() implements End {}

        /** It does not; {@code cause} is the pod's own reason. */
        record Failed(String cause) implements End {}
    }

    /**
     * Ends when a pod other than {@code formerUid} is ready, or fails in a way that waiting does not mend, or the time is up.
     */
    End awaitReady(String formerUid) {
        return cluster.watched(Kind.POD)
                .await(limit, pods -> current(pods, formerUid).flatMap(pod -> {
                    Job.progressed(PodProgress.of(pod, CoreWorkload.CONTAINER));
                    return endOf(pod);
                }))
                .orElseGet(() ->
                        new End.Failed("it is not ready after " + limit.toSeconds() + " s: " + explain(formerUid)));
    }

    /**
     * Returns when there is no pod of Core.
     *
     * @throws ApiFailure.BadRequest when it did not go within its grace time
     */
    void awaitGone() {
        Duration grace = Duration.ofSeconds(CoreWorkload.STOP_SECONDS).plus(MARGIN);
        boolean isGone = cluster.watched(Kind.POD)
                .await(grace, pods -> pods.find(CoreWorkload.POD).isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent();
        if (!isGone) {
            throw new ApiFailure.BadRequest("Home Assistant did not stop within " + grace.toSeconds() + " s");
        }
    }

    /**
     * Returns when the controller has seen the template, since whoever deletes the pod earlier may get it back from the former
     * one. A controller that is away for 10 s is not waited for: the pod will come from the template whenever it is back.
     */
    void awaitSeen(V1StatefulSet applied) {
        Long generation = applied.getMetadata().getGeneration();
        if (generation != null) {
            cluster.watched(Kind.STATEFUL_SET).await(SEEN, sets -> sets.find(CoreWorkload.NAME)
                    .map(V1StatefulSet::getStatus)
                    .map(status -> status.getObservedGeneration())
                    .filter(observed -> observed >= generation));
        }
    }

    private String explain(String formerUid) {
        return current(cluster.watched(Kind.POD), formerUid)
                .flatMap(PodFault::explain)
                .or(this::lastWarning)
                .orElse("its container does not answer yet");
    }

    /** Where there is no pod, or it says nothing, the events know: a quota, a refused mount. */
    private Optional<String> lastWarning() {
        return cluster.watched(Kind.EVENT).all().stream()
                .filter(event -> "Warning".equals(event.getType()) && event.getMessage() != null)
                .filter(event -> OBJECTS.contains(event.getInvolvedObject().getName()))
                .max(Comparator.comparing(
                        CoreV1Event::getLastTimestamp, Comparator.nullsFirst(Comparator.naturalOrder())))
                .map(event -> event.getReason() + ": " + event.getMessage());
    }

    private static Optional<V1Pod> current(Watched<V1Pod> pods, String formerUid) {
        return pods.find(CoreWorkload.POD)
                .filter(pod -> !pod.getMetadata().getUid().equals(formerUid));
    }

    private static Optional<End> endOf(V1Pod pod) {
        return PodFault.isReady(pod)
                ? Optional.of(new End.Ready())
                : PodFault.decided(pod).map(End.Failed::new);
    }
}
