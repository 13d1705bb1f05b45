package hakube.backups;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCrashSlowIT {

    @TempDir
    private Path folder;

    @Test
    void killAtAHundredPointsLeavesWholeBackupsAndAllThatRan() throws Exception {
        BackupCrashRounds.run(folder, 100);
    }
}
