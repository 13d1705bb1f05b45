package hakube.mounts;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Answer of {@code /mounts}.
 *
 * @param defaultBackupMount always {@code null}: backups go to the shared claim
 * @param mounts always empty
 */
public record MountsInfo(
        @JsonbNillable @JsonbProperty("default_backup_mount")
        String defaultBackupMount,

        List<Object> mounts) {

    static final MountsInfo NONE = new MountsInfo(null, List.of());
}
