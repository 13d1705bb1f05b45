package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.storage.Folders;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

    @TempDir
    private Path share;

    @Test
    void aSecondJobOfTheSameGroupIsRefusedAndAnotherGroupIsNot() {
        Jobs jobs = new Jobs(new Folders(share));
        jobs.run("app_a", "first", "a", () -> {
            ApiFailure refused =
                    assertThrows(ApiFailure.BadRequest.class, () -> jobs.run("app_a", "second", "a", () -> {}));
            assertEquals("Another job is running for job group app_a", refused.getMessage());
            assertEquals("done", jobs.run("app_b", "third", "b", () -> "done"));
        });
        assertEquals("again", jobs.run("app_a", "fourth", "a", () -> "again"));
    }

    @Test
    void workThatIsUnderWayIsOnDiskAndGoneAfterwards() {
        Jobs jobs = new Jobs(new Folders(share));
        jobs.run("app_a", "install", "a", () -> {
            List<Journal.Entry> seen = new Jobs(new Folders(share)).cutOff();
            assertEquals(
                    List.of("install"), seen.stream().map(Journal.Entry::name).toList());
            assertEquals("a", seen.getFirst().reference());
        });
        assertEquals(List.of(), new Jobs(new Folders(share)).cutOff());
    }

    @Test
    void workThatFailsFreesItsGroup() {
        Jobs jobs = new Jobs(new Folders(share));
        assertThrows(
                IllegalStateException.class,
                () -> jobs.run("app_a", "install", "a", (Runnable) () -> {
                    throw new IllegalStateException("no");
                }));
        assertEquals(List.of(), new Jobs(new Folders(share)).cutOff());
        assertEquals(1, jobs.run("app_a", "install", "a", () -> 1));
    }

    @Test
    void cutOffWorkStaysInTheJournalUntilItIsSettled() {
        Jobs crashed = new Jobs(new Folders(share));
        crashed.run("app_a", "install", "a", () -> {
            Jobs next = new Jobs(new Folders(share));
            Journal.Entry entry = next.cutOff().getFirst();
            next.run("app_b", "start", "b", () -> {});
            assertEquals(List.of(entry), new Jobs(new Folders(share)).cutOff());

            next.settled(entry);

            assertEquals(List.of(), new Jobs(new Folders(share)).cutOff());
        });
    }

    @Test
    void cutOffWorkBlocksNoNewWorkOfItsGroup() {
        Jobs crashed = new Jobs(new Folders(share));
        crashed.run("app_a", "install", "a", () -> {
            Jobs next = new Jobs(new Folders(share));
            assertEquals(1, next.cutOff().size());
            assertEquals("done", next.run("app_a", "start", "a", () -> "done"));
        });
    }
}
