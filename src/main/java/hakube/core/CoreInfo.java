package hakube.core;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;

/**
 * Answer of {@code /core/info}; every key is required by clients, {@code ip_address} must be IPv4. A key with a name of its
 * own would be left out when it is null: that annotation says so unless another one says otherwise.
 */
public record CoreInfo(
        String version,
        @JsonbNillable @JsonbProperty("version_latest") String versionLatest,
        @JsonbProperty("update_available") boolean updateAvailable,
        String machine,
        @JsonbProperty("ip_address") String ipAddress,
        String arch,
        String image,
        boolean boot,
        int port,
        boolean ssl,
        boolean watchdog,
        @JsonbNillable @JsonbProperty("audio_input") String audioInput,
        @JsonbNillable @JsonbProperty("audio_output") String audioOutput,
        @JsonbProperty("backups_exclude_database") boolean backupsExcludeDatabase,
        @JsonbProperty("duplicate_log_file") boolean duplicateLogFile) {}
