package hakube.apps;

import hakube.api.ApiFailure;
import java.util.ArrayList;
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

        /** The answer: 400, {@code runtime_not_supported_error}, feature {@code app_requirement}. */
        public ApiFailure failure(String name, String slug) {
            List<Map<String, Object>> told = new ArrayList<>();
            for (Reason reason : reasons) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("key", reason.key());
                fields.put("value", reason.value());
                fields.put("reason", reason.reason());
                told.add(fields);
            }
            String texts = reasons.stream().map(Reason::reason).collect(Collectors.joining("; "));
            return new ApiFailure.UnsupportedHere(
                    "App " + name + " can't run on Kubernetes: " + texts,
                    Map.of(
                            "feature", "app_requirement",
                            "runtime", "kubernetes",
                            "app", slug,
                            "slug", slug,
                            "reasons", told));
        }
    }

    /**
     * One demand that cannot be met.
     *
     * @param key of the manifest
     * @param value what the manifest has there, may be null
     */
    record Reason(String key, Object value, String reason) {}
}
