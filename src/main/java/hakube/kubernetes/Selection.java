package hakube.kubernetes;

import io.kubernetes.client.common.KubernetesObject;
import java.util.Map;

/**
 * Which objects of a kind are watched.
 *
 * @param selector label selector, empty for all
 * @param limit at most so many, the newest; a namespace has thousands of Events at times
 */
record Selection(String selector, int limit) {

    private static final int NEWEST_EVENTS = 500;

    /** The claim and Events carry no label of ours. */
    static Selection of(Kind<?> kind) {
        if (kind.equals(Kind.EVENT)) {
            return new Selection("", NEWEST_EVENTS);
        }
        return new Selection(kind.equals(Kind.CLAIM) ? "" : Labels.MANAGED_SELECTOR, Integer.MAX_VALUE);
    }

    /** The same question as the API server's, for what own writes returned. */
    boolean includes(KubernetesObject object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        return selector.isEmpty() || (labels != null && "true".equals(labels.get(Labels.MANAGED)));
    }
}
