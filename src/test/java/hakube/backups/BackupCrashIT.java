package hakube.backups;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupCrashIT {

    @TempDir
    private Path folder;

    @Test
    void killAtAnyPointLeavesWholeBackupsAndAllThatRan() throws Exception {
        BackupCrashRounds.run(folder, 10);
    }
}
