package hakube.backups;

import jakarta.inject.Singleton;
import java.time.Duration;

/** Holds the house still for a snapshot from outside (upstream {@code supervisor/backups/manager.py}, {@code freeze_all}, 2026-08). */
@Singleton
public final class BackupFreeze {

    /** Ends when all stand still. @param limit after which it thaws by itself */
    void freeze(Duration limit) {
        throw new UnsupportedOperationException("being built");
    }

    void thaw() {
        throw new UnsupportedOperationException("being built");
    }
}
