package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.jobs.JobCondition;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FreeSpaceTest {

    private static final long GIGABYTE = 1L << 30;

    private final Issues issues = new Issues(new Events());

    @ParameterizedTest
    @CsvSource({
        "0, true, true",
        "1.94, true, true",
        "2, true, false",
        "2.1, false, false",
        "500, false, false",
    })
    void belowTwoGigabytesIsTooLittle(double free, boolean isIssue, boolean isObstacle) {
        FreeSpace space = new FreeSpace(() -> (long) (free * GIGABYTE), issues);
        assertEquals(isIssue, !space.find().isEmpty());
        assertEquals(isObstacle, space.obstacle().isPresent());
        assertEquals(isObstacle, !issues.open().isEmpty(), "what stands in the way is an issue");
    }

    @Test
    void theObstacleSaysHowMuchThereIs() {
        FreeSpace space = new FreeSpace(() -> GIGABYTE + GIGABYTE / 5, issues);
        assertEquals(JobCondition.FREE_SPACE, space.which());
        assertEquals(Optional.of("not enough free space (1.2GB) left on the device"), space.obstacle());
        Issue issue = issues.open().getFirst();
        assertEquals("free_space system null", issue.type() + " " + issue.context() + " " + issue.reference());
        assertTrue(space.isStillTrue(issue));
    }

    @Test
    void aFileSystemThatDoesNotSayIsNotTooSmall() {
        FreeSpace space = new FreeSpace(
                () -> {
                    throw new IOException("no");
                },
                issues);
        assertEquals(List.of(), space.find());
        assertEquals(Optional.empty(), space.obstacle());
    }

    @Test
    void theShareIsAskedAndOneThatIsNotThereSaysNothing(@TempDir Path folder) {
        assertEquals(Optional.empty(), new FreeSpace(new Folders(folder.resolve("gone")), issues).obstacle());
        FreeSpace space = new FreeSpace(new Folders(folder), issues);
        assertEquals(
                folder.toFile().getUsableSpace() <= 2 * GIGABYTE, !space.find().isEmpty());
    }
}
