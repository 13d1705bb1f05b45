package hakube.logs;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.InputStream;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Opens logs: of the newest pod of a workload that is not on its way out, main container only. */
@Singleton
public final class Logs {

    private final Cluster cluster;

    @Inject
    public Logs(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The log that a query asks for, empty when there is no pod, or its container has not begun. */
    LogAnswer open(LogSource source, LogQuery query) {
        Optional<V1Pod> pod = newestPod(source);
        if (pod.isEmpty() || (!query.previous() && !hasBegun(pod.get(), source.container()))) {
            return new LogAnswer(InputStream.nullInputStream(), Collections.emptyIterator(), query, "", source);
        }
        if (query.previous() && restarts(pod.get(), source.container()) == 0) {
            throw new ApiFailure.BadRequest("Logs only contain 1 boots");
        }
        String name = pod.get().getMetadata().getName();
        long tail =
                switch (query.selection()) {
                    case LogQuery.Selection.Last last -> last.count();
                    case LogQuery.Selection.FromNewest newest -> -newest.skip() + 1;
                    case LogQuery.Selection.All ignored -> -1;
                    case LogQuery.Selection.FromOldest ignored -> -1;
                    case LogQuery.Selection.FromCursor ignored -> -1;
                };
        InputStream stream = cluster.log(
                name, new Cluster.LogRequest(source.container(), tail, -1, query.follow(), query.previous()));
        return new LogAnswer(stream, new LogWindow(new Entries(stream), query.selection()), query, name, source);
    }

    private Optional<V1Pod> newestPod(LogSource source) {
        List<V1Pod> pods = cluster.watched(Kind.POD).all().stream()
                .filter(pod -> pod.getMetadata().getLabels() != null
                        && pod.getMetadata()
                                .getLabels()
                                .entrySet()
                                .containsAll(source.labels().entrySet()))
                .toList();
        Comparator<V1Pod> byAge = Comparator.comparing(
                pod -> pod.getMetadata().getCreationTimestamp(), Comparator.nullsFirst(Comparator.naturalOrder()));
        return pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .max(byAge)
                .or(() -> pods.stream().max(byAge));
    }

    private static boolean hasBegun(V1Pod pod, String container) {
        return status(pod, container)
                .map(status -> status.getState() == null || status.getState().getWaiting() == null)
                .orElse(false);
    }

    private static int restarts(V1Pod pod, String container) {
        return status(pod, container).map(V1ContainerStatus::getRestartCount).orElse(0);
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
