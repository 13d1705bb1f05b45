package hakube.backups;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Backups in a {@link BackupHouse} of the test's own, in which nobody writes any more when the test is over. */
abstract class BackupCase {

    static final String FULL = "backup_manager_full_backup";
    static final String PARTIAL = "backup_manager_partial_backup";

    @TempDir
    Path disk;

    BackupHouse house;

    @BeforeEach
    final void build() {
        house = new BackupHouse(disk.resolve("share"));
    }

    @AfterEach
    final void awaitTheLastWrite() {
        house.awaitIdle();
    }
}
