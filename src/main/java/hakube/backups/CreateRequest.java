package hakube.backups;

import hakube.archive.Password;
import java.util.List;
import java.util.Optional;

/**
 * A backup that is wanted (upstream {@code supervisor/api/backups.py}, {@code SCHEMA_BACKUP_FULL} and
 * {@code SCHEMA_BACKUP_PARTIAL}, 2026-08).
 *
 * @param choice empty for a full backup
 * @param name may be empty
 * @param fileName ends with {@code .tar}; empty for the slug
 * @param locations where it is made, then where copies go; at least one
 * @param excludesDatabase empty for what Core's option says
 * @param extra text of a JSON object
 */
record CreateRequest(
        Optional<PartChoice> choice,
        String name,
        Optional<String> fileName,
        Optional<Password> password,
        boolean isCompressed,
        List<BackupLocation> locations,
        Optional<Boolean> excludesDatabase,
        boolean inBackground,
        String extra) {

    CreateRequest {
        locations = List.copyOf(locations);
    }
}
