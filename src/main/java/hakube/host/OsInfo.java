package hakube.host;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Map;

/**
 * Answer of {@code /os/info} where there is no Home Assistant OS. A board would make Core set up the integration of its
 * hardware.
 */
public record OsInfo(
        String version,
        @JsonbNillable @JsonbProperty("version_latest") String versionLatest,
        @JsonbNillable @JsonbProperty("version_pending") String versionPending,
        @JsonbProperty("update_available") boolean updateAvailable,
        String board,
        String boot,
        @JsonbNillable @JsonbProperty("data_disk") String dataDisk,
        @JsonbProperty("boot_slots") Map<String, Object> bootSlots) {

    static final OsInfo NONE = new OsInfo(null, null, null, false, null, null, null, Map.of());
}
