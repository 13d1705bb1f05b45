package hakube.resolution;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was found, before it is an issue.
 *
 * @param type upstream's present word, or one of our own
 * @param context one of {@link Issues#CONTEXTS}
 * @param reference what it is about, such as a slug
 * @param extra more of it, empty when there is nothing more; no null values
 * @param suggestions types of what could be done
 * @param explanation for the log
 */
public record Finding(
        String type,
        String context,
        Optional<String> reference,
        Map<String, Object> extra,
        List<String> suggestions,
        String explanation) {

    public Finding {
        if (!Issues.CONTEXTS.contains(context)) {
            // One foreign context, and Core cannot read any issue at all (aiohasupervisor 0.8.1).
            throw new IllegalArgumentException("Clients know no context " + context);
        }
        extra = Map.copyOf(extra);
        suggestions = List.copyOf(suggestions);
    }

    /** Of one thing, without more. */
    public static Finding of(
            String type, String context, String reference, List<String> suggestions, String explanation) {
        return new Finding(type, context, Optional.of(reference), Map.of(), suggestions, explanation);
    }

    Map<String, Object> extraOrNull() {
        return extra.isEmpty() ? null : extra;
    }
}
