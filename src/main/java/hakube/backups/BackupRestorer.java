package hakube.backups;

import jakarta.inject.Singleton;

/** Restores backups (upstream {@code supervisor/backups/manager.py}, {@code do_restore_full} and {@code do_restore_partial}, 2026-08). */
@Singleton
public final class BackupRestorer {

    /** @return id of the job */
    String restore(Backup backup, RestoreRequest request) {
        throw new UnsupportedOperationException("being built");
    }
}
