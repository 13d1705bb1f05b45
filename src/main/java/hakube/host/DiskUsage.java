package hakube.host;

import hakube.api.ApiFailure;
import hakube.storage.Folders;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/**
 * Which folders of the shared claim use how much (upstream {@code supervisor/api/host.py}, 2026-08). All files are looked at,
 * which takes its time on a large share.
 */
@Singleton
final class DiskUsage {

    private static final String CLAIM = "default";
    private static final int USUAL_DEPTH = 1;
    private static final int DEEPEST = 10;

    /** Below each of the known folders, so that no question makes an answer without end. */
    private static final int MOST_NODES = 5_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Path root;
    private final ShareSpace space;
    private final Duration limit;
    private final Map<String, Path> known = new LinkedHashMap<>();
    /** At most {@link #DEEPEST}. */
    private final Map<Integer, JointQuestion<List<UsageNode>>> questions = new ConcurrentHashMap<>();

    @Inject
    DiskUsage(Folders folders, ShareSpace space) {
        this(folders, space, LIMIT);
    }

    DiskUsage(Folders folders, ShareSpace space, Duration limit) {
        this.root = folders.root();
        this.space = space;
        this.limit = limit;
        known.put("apps_data", folders.of(Folders.APP_DATA));
        known.put("apps_config", folders.of(Folders.APP_CONFIGS));
        known.put("media", folders.of(Folders.MEDIA));
        known.put("share", folders.of(Folders.SHARE));
        known.put("backup", folders.of(Folders.BACKUP));
        known.put("ssl", folders.of(Folders.SSL));
        known.put("homeassistant", folders.of(Folders.HOME_ASSISTANT));
    }

    /**
     * The whole claim with its known folders; {@code system} is all else on its file system. In the words of version 2 of the
     * API.
     *
     * @param disk {@code default} is the only one
     * @param maxDepth how many levels are told, 10 at most; what is no number counts as 1, {@code null} too
     * @throws ApiFailure.NotFound there is no such disk
     * @throws ApiFailure.BadRequest {@code mount_usage_timeout_error} after 60 s, and the looking goes on;
     *     {@code mount_usage_read_error} when the share cannot be read
     */
    UsageNode of(String disk, String maxDepth) {
        if (!disk.equals(CLAIM)) {
            throw new ApiFailure.NotFound(
                    "No mount exists with name " + disk, "mount_not_found_error", Map.of("name", disk));
        }
        Space whole = space.now();
        List<UsageNode> folders = folders(depth(maxDepth));
        long used = whole.total() - whole.free();
        long told = folders.stream().mapToLong(UsageNode::used).sum();
        List<UsageNode> children = new ArrayList<>();
        // Files with holes, or compressed ones, may add up to more than what is used.
        children.add(new UsageNode("system", "System", Optional.empty(), Math.max(0, used - told), List.of()));
        children.addAll(folders);
        return new UsageNode("root", "Root", Optional.of(whole.total()), used, children);
    }

    private List<UsageNode> folders(int depth) {
        JointQuestion<List<UsageNode>> question = questions.computeIfAbsent(
                depth, levels -> new JointQuestion<>("disk-usage-" + levels, () -> look(levels)));
        try {
            return question.answer(limit)
                    .orElseThrow(() -> new ApiFailure.BadRequest(
                            "Timed out reading storage usage for mount " + CLAIM,
                            "mount_usage_timeout_error",
                            Map.of("name", CLAIM)));
        } catch (ExecutionException e) {
            String reason = "the share " + root + " cannot be read";
            throw new ApiFailure.BadRequest(
                    "Could not read storage usage for mount " + CLAIM + ": " + reason,
                    "mount_usage_read_error",
                    Map.of("name", CLAIM, "reason", reason));
        }
    }

    private List<UsageNode> look(int depth) throws IOException {
        List<UsageNode> nodes = new ArrayList<>();
        for (Map.Entry<String, Path> folder : known.entrySet()) {
            nodes.add(FolderSize.of(folder.getKey(), folder.getValue(), depth, MOST_NODES));
        }
        return nodes;
    }

    private static int depth(String asked) {
        boolean isNumber = asked != null && asked.strip().matches("[+-]?\\d{1,9}");
        return isNumber ? Math.clamp(Integer.parseInt(asked.strip()), USUAL_DEPTH, DEEPEST) : USUAL_DEPTH;
    }
}
