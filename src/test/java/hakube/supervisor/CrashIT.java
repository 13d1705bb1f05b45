package hakube.supervisor;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashIT {

    @TempDir
    private Path folder;

    @Test
    void killAtAnyPointLeavesNothingHalfDone() throws Exception {
        CrashRounds.run(folder, 8);
    }
}
