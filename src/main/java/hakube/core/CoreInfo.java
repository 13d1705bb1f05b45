package hakube.core;

import jakarta.json.bind.annotation.JsonbProperty;

/** Answer of {@code /core/info}; every key is required by clients, {@code ip_address} must be IPv4. */
public record CoreInfo(
        String version,
        @JsonbProperty("version_latest") String versionLatest,
        @JsonbProperty("update_available") boolean updateAvailable,
        String machine,
        @JsonbProperty("ip_address") String ipAddress,
        String arch,
        String image,
        boolean boot,
        int port,
        boolean ssl,
        boolean watchdog,
        @JsonbProperty("audio_input") String audioInput,
        @JsonbProperty("audio_output") String audioOutput,
        @JsonbProperty("backups_exclude_database") boolean backupsExcludeDatabase,
        @JsonbProperty("duplicate_log_file") boolean duplicateLogFile) {}
