package hakube.backups;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreCrashIT {

    @TempDir
    private Path folder;

    @Test
    void killAtAnyPointLeavesEachFolderOldOrNew() throws Exception {
        RestoreCrashRounds.run(folder, 10);
    }
}
