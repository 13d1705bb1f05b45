package hakube.apps;

import hakube.api.ApiFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a cluster can run an app. */
public sealed interface Suitability {

    /** It can. @param ignored manifest keys that have no effect here, in the order of the table in docs */
    record Supported(List<String> ignored) implements Suitability {
        public Supported {
            ignored = List.copyOf(ignored);
        }
    }

    /** It cannot; all reasons at once. */
    record Refused(List<Reason> reasons) implements Suitability {
        public Refused {
            reasons = List.copyOf(reasons);
        }

        /** All of them in one text. */
        String texts() {
            return reasons.stream().map(Reason::reason).collect(Collectors.joining("; "));
        }

        /** The answer: 400, {@code runtime_not_supported_error}, feature {@code app_requirement}. */
        public ApiFailure failure(String name, String slug) {
            return new ApiFailure.UnsupportedHere(
                    "App " + name + " can't run on Kubernetes: " + texts(),
                    Map.of(
                            "feature",
                            "app_requirement",
                            "runtime",
                            "kubernetes",
                            "app",
                            slug,
                            "slug",
                            slug,
                            "reasons",
                            reasons.stream().map(Reason::fields).toList()));
        }
    }

    /**
     * One demand that cannot be met.
     *
     * @param key of the manifest
     * @param value what the manifest has there, may be null
     */
    record Reason(String key, Object value, String reason) {

        /** As an answer has it. */
        Map<String, Object> fields() {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("key", key);
            fields.put("value", value);
            fields.put("reason", reason);
            return fields;
        }
    }
}
