package hakube.backups;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCrashSlowIT {

    @TempDir
    private Path folder;

    @Test
    void killAtAHundredPointsLeavesEachFolderOldOrNew() throws Exception {
        RestoreCrashRounds.run(folder, 100);
    }
}
