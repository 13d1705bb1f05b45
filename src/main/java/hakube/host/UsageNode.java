package hakube.host;

import hakube.api.ApiVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one folder uses, for {@code /host/disks/{disk}/usage}.
 *
 * @param total bytes of the whole file system, at the root alone
 * @param used bytes of all files in it, those of the children included
 * @param children empty where the question goes no deeper, or nothing is there
 */
record UsageNode(String id, String label, Optional<Long> total, long used, List<UsageNode> children) {

    /** What a version calls an id that another one knows by another name. */
    private static final Map<ApiVersion, Map<String, String>> IDS = Map.of(
            ApiVersion.V1, Map.of("apps_data", "addons_data", "apps_config", "addons_config"), ApiVersion.V2, Map.of());

    /** A folder below the root, labelled by its id. */
    static UsageNode of(String id, long used, List<UsageNode> children) {
        return new UsageNode(id, id, Optional.empty(), used, children);
    }

    /** The same with the ids of a version of the API for the folders below; labels stay, as upstream's do. */
    UsageNode withIdsOf(ApiVersion version) {
        return new UsageNode(
                id,
                label,
                total,
                used,
                children.stream().map(child -> child.withIdOf(version)).toList());
    }

    /** As it is answered: a figure or list that is not there is no key. */
    Map<String, Object> wire() {
        Map<String, Object> wire = new LinkedHashMap<>();
        wire.put("id", id);
        wire.put("label", label);
        total.ifPresent(bytes -> wire.put("total_bytes", bytes));
        wire.put("used_bytes", used);
        if (!children.isEmpty()) {
            wire.put("children", children.stream().map(UsageNode::wire).toList());
        }
        return wire;
    }

    private UsageNode withIdOf(ApiVersion version) {
        return new UsageNode(IDS.get(version).getOrDefault(id, id), label, total, used, children);
    }
}
