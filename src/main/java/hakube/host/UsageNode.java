package hakube.host;

import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;

/**
 * What one folder uses, answer of {@code /host/disks/{disk}/usage}. What is not there is no key, as upstream has it, hence
 * no {@code @JsonbNillable}.
 *
 * @param totalBytes of the whole file system, {@code null} but at the root
 * @param usedBytes of all files in it, those of the children included
 * @param children {@code null} where the question goes no deeper, or nothing is there
 */
public record UsageNode(
        String id,
        String label,
        @JsonbProperty("total_bytes") Long totalBytes,
        @JsonbProperty("used_bytes") long usedBytes,
        @JsonbProperty("children") List<UsageNode> children) {

    private static final Map<String, String> LEGACY =
            Map.of("apps_data", "addons_data", "apps_config", "addons_config");

    /** The same with the ids of version 1 of the API, which says add-on; labels stay. */
    UsageNode withLegacyIds() {
        return new UsageNode(
                id,
                label,
                totalBytes,
                usedBytes,
                children.stream().map(UsageNode::withLegacyId).toList());
    }

    private UsageNode withLegacyId() {
        return new UsageNode(LEGACY.getOrDefault(id, id), label, totalBytes, usedBytes, children);
    }
}
