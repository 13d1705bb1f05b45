package hakube.core;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Watched;
import io.kubernetes.client.openapi.models.V1Pod;
import java.time.Duration;
import java.util.Optional;

/** Waits for Core's pod on the watch. */
final class CoreStart {

    /** What a stop may take beyond the pod's own grace. */
    private static final Duration MARGIN = Duration.ofSeconds(40);

    private final Cluster cluster;
    private final Duration limit;

    CoreStart(Cluster cluster, Duration limit) {
        this.cluster = cluster;
        this.limit = limit;
    }

    private sealed interface End {
        record Ready() implements End {}

        record Failed(String cause) implements End {}
    }

    /**
     * Returns when a pod other than {@code formerUid} is ready.
     *
     * @throws ApiFailure.BadRequest names the cause, at once when waiting does not mend it, else when the time is up
     */
    void awaitReady(String formerUid) {
        End end = cluster.watched(Kind.POD)
                .await(limit, pods -> current(pods, formerUid).flatMap(CoreStart::endOf))
                .orElseGet(() -> new End.Failed("it is not ready after " + limit.toSeconds() + " s: "
                        + current(cluster.watched(Kind.POD), formerUid)
                                .map(PodFault::explain)
                                .orElse("there is no pod yet")));
        switch (end) {
            case End.Ready() -> {}
            case End.Failed(String cause) -> throw new ApiFailure.BadRequest("Home Assistant did not start: " + cause);
        }
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
