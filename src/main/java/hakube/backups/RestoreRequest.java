package hakube.backups;

import hakube.archive.Password;
import java.util.Optional;

/**
 * A restore that is wanted (upstream {@code supervisor/api/backups.py}, {@code SCHEMA_RESTORE_FULL} and
 * {@code SCHEMA_RESTORE_PARTIAL}, 2026-08).
 *
 * @param choice empty for a full restore
 * @param location empty for the backup's first one
 */
record RestoreRequest(
        Optional<PartChoice> choice,
        Optional<Password> password,
        Optional<BackupLocation> location,
        boolean inBackground) {}
