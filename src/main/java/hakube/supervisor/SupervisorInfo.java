package hakube.supervisor;

import hakube.apps.AppSummaries;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import java.util.Map;

/**
 * Answer of {@code /supervisor/info}; every key is required by clients (aiohasupervisor 0.6 to 0.11).
 *
 * @param version the contract level; {@code version_latest} is the same, so that no update is ever offered
 * @param ipAddress IPv4
 * @param waitBoot seconds; of version 1 only, and no key where {@code null}, as the two that follow
 */
public record SupervisorInfo(
        String version,
        @JsonbProperty("version_latest") String versionLatest,
        @JsonbProperty("update_available") boolean updateAvailable,
        String channel,
        String arch,
        boolean supported,
        boolean healthy,
        @JsonbProperty("ip_address") String ipAddress,
        String timezone,
        String logging,
        boolean debug,
        @JsonbProperty("debug_block") boolean debugBlock,
        Boolean diagnostics,
        @JsonbProperty("auto_update") boolean autoUpdate,
        @JsonbProperty("detect_blocking_io") boolean detectBlockingIo,
        String country,
        @JsonbProperty("feature_flags") Map<String, Boolean> featureFlags,
        @JsonbProperty("wait_boot") Integer waitBoot,
        @JsonbProperty("addons") List<AppSummaries.Item> addons,
        @JsonbProperty("addons_repositories") List<Repository> addonsRepositories) {

    /** A repository of the store in short. */
    public record Repository(String name, String slug) {}
}
