package hakube.backups;

import hakube.api.ApiFailure;
import hakube.apps.AppBackup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a full restore of a backup would come to here, told beforehand; pure. Extension: upstream has nothing like it.
 *
 * @param metadata of the backup
 * @param apps by full slug, in the order of the backup
 * @param here what there is now
 * @param mounts names of the network storage in the backup, which a cluster does not mount
 * @param registries hosts whose log-ins are taken over
 * @param needed octets that the parts take at least
 * @param free octets that there is room for
 */
record RestorePreview(
        BackupMetadata metadata,
        Map<String, Look> apps,
        Here here,
        List<String> mounts,
        List<String> registries,
        long needed,
        long free) {

    /**
     * @param coreVersion empty while Core is not installed
     * @param apps version by full slug
     */
    record Here(Optional<String> coreVersion, Map<String, String> apps) {}

    /** What was found of an app. */
    sealed interface Look {
        /** @param obstacle what keeps it from running here, with all reasons; empty where nothing does */
        record Known(AppBackup app, Optional<ApiFailure> obstacle) implements Look {}

        /** It is left out. */
        record Unknown(ApiFailure fault) implements Look {}
    }

    /** As the answer shows it. */
    Map<String, Object> answer() {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slug", metadata.slug());
        answer.put("name", metadata.name());
        answer.put("date", metadata.date());
        answer.put("type", metadata.type().wire());
        answer.put("supervisor_version", metadata.supervisorVersion());
        answer.put("homeassistant", metadata.core().map(this::core).orElse(null));
        answer.put("apps", metadata.apps().stream().map(this::app).toList());
        answer.put("folders", metadata.folders());
        answer.put("repositories", metadata.repositories());
        answer.put(
                "uninstalled",
                here.apps().keySet().stream()
                        .filter(slug -> metadata.apps().stream()
                                .noneMatch(app -> app.slug().equals(slug)))
                        .sorted()
                        .toList());
        answer.put("mounts", mounts);
        answer.put("registries", registries);
        answer.put("needed_bytes", needed);
        answer.put("free_bytes", free);
        return answer;
    }

    private Map<String, Object> core(BackupMetadata.CorePart core) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("version", core.version());
        answer.put("version_now", here.coreVersion().orElse(null));
        answer.put("exclude_database", core.excludesDatabase());
        return answer;
    }

    private Map<String, Object> app(BackupMetadata.AppPart part) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("slug", part.slug());
        answer.put("name", part.name());
        answer.put("version", part.version());
        answer.put("version_now", here.apps().get(part.slug()));
        switch (apps.get(part.slug())) {
            case null -> judge(answer, "left_out", false, "it is not inside the backup", List.of());
            case Look.Unknown(ApiFailure fault) -> judge(answer, "left_out", false, fault.getMessage(), List.of());
            case Look.Known(AppBackup app, Optional<ApiFailure> obstacle) -> {
                if (obstacle.isEmpty()) {
                    judge(answer, "runs", app.wasStarted(), null, List.of());
                } else {
                    // What runs here in another version keeps its data: they are not of the version in the backup.
                    String outcome = here.apps().containsKey(part.slug()) ? "stays" : "data_only";
                    judge(answer, outcome, false, obstacle.get().getMessage(), reasons(obstacle.get()));
                }
            }
        }
        return answer;
    }

    private static void judge(
            Map<String, Object> answer, String outcome, boolean isStarted, String message, List<Object> reasons) {
        answer.put("outcome", outcome);
        answer.put("started", isStarted);
        answer.put("message", message);
        answer.put("reasons", reasons);
    }

    private static List<Object> reasons(ApiFailure obstacle) {
        return obstacle.extraFields().get("reasons") instanceof List<?> reasons ? new ArrayList<>(reasons) : List.of();
    }
}
