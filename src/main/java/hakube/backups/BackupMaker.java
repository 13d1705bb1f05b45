package hakube.backups;

import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes backups (upstream {@code supervisor/backups/manager.py}, {@code do_backup_full} and {@code do_backup_partial}, 2026-08). */
@Singleton
public final class BackupMaker {

    /** @param slug empty while the work goes on in the background */
    record Started(String jobId, Optional<String> slug) {}

    Started make(CreateRequest request) {
        throw new UnsupportedOperationException("being built");
    }
}
