package hakube.supervisor;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashSlowIT {

    @TempDir
    private Path folder;

    @Test
    void killAtFiftyPointsLeavesNothingHalfDone() throws Exception {
        CrashRounds.run(folder, 50);
    }
}
