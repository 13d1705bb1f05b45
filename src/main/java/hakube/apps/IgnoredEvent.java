package hakube.apps;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EventSource;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kubernetes Event that tells of manifest keys without effect, once for each version of an app. */
final class IgnoredEvent {

    static final String REASON = "IgnoredSetting";

    /** The API server's limit for the words of an Event. */
    private static final int LONGEST = 1024;

    private IgnoredEvent() {}

    /**
     * What is to be told, if it was not told yet.
     *
     * @param before the app's Deployment before it was written, if there was one
     * @param after the same as stored now
     */
    static Optional<CoreV1Event> of(
            Optional<V1Deployment> before, V1Deployment after, List<String> ignored, OffsetDateTime now) {
        boolean isTold = before.filter(old -> isOneOf(old, after)).isPresent();
        if (ignored.isEmpty() || isTold) {
            return Optional.empty();
        }
        V1ObjectMeta metadata = after.getMetadata();
        String keys = String.join(", ", ignored);
        String words = "App " + metadata.getAnnotations().get(Labels.SLUG) + " " + version(after)
                + " sets what has no effect on Kubernetes: " + keys;
        // One name for one content: the API server refuses to be told twice.
        String name =
                metadata.getName() + "." + Hashes.shortHash(metadata.getUid() + " " + version(after) + " " + keys);
        return Optional.of(new CoreV1Event()
                .metadata(new V1ObjectMeta().name(name).labels(metadata.getLabels()))
                .type("Warning")
                .reason(REASON)
                .message(words.length() > LONGEST ? words.substring(0, LONGEST - 3) + "..." : words)
                .involvedObject(new V1ObjectReference()
                        .apiVersion(Kind.DEPLOYMENT.apiVersion())
                        .kind(Kind.DEPLOYMENT.kind())
                        .namespace(metadata.getNamespace())
                        .name(metadata.getName())
                        .uid(metadata.getUid()))
                .source(new V1EventSource().component(Cluster.FIELD_MANAGER))
                .firstTimestamp(now)
                .lastTimestamp(now)
                .count(1));
    }

    private static boolean isOneOf(V1Deployment before, V1Deployment after) {
        return before.getMetadata().getUid().equals(after.getMetadata().getUid())
                && version(before).equals(version(after))
                && ignored(before).equals(ignored(after));
    }

    private static String version(V1Deployment deployment) {
        return text(deployment.getMetadata().getLabels(), Labels.VERSION);
    }

    private static String ignored(V1Deployment deployment) {
        return text(deployment.getMetadata().getAnnotations(), Labels.IGNORED);
    }

    private static String text(Map<String, String> texts, String key) {
        return texts == null ? "" : texts.getOrDefault(key, "");
    }
}
