package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.storage.Folders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
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

    @Test
    void workInTheBackgroundIsUnderWayUntilItEndsInAnyWay() {
        Jobs jobs = new Jobs(new Folders(share));
        CountDownLatch goOn = new CountDownLatch(1);
        String uuid = jobs.background("app_a", "update", "a", () -> goOn, checked -> {
            awaitQuietly(checked);
            throw new IllegalStateException("no");
        });
        assertTrue(uuid.matches("[0-9a-f]{32}"), uuid);
        assertEquals(List.of(new Journal.Entry(uuid, "update", "a")), new Jobs(new Folders(share)).cutOff());
        assertThrows(ApiFailure.BadRequest.class, () -> jobs.run("app_a", "second", "a", () -> {}));
        goOn.countDown();
        while (jobs.isRunning("app_a")) {
            Thread.onSpinWait();
        }
        assertEquals(List.of(), new Jobs(new Folders(share)).cutOff());
    }

    @Test
    void aCheckThatFailsIsTheCallersAndFreesTheGroup() {
        Jobs jobs = new Jobs(new Folders(share));
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> jobs.background(
                        "app_a",
                        "update",
                        "a",
                        () -> {
                            throw new ApiFailure.BadRequest("no such version");
                        },
                        checked -> {}));
        assertFalse(jobs.isRunning("app_a"));
    }

    @Test
    void aJournalThatCannotBeWrittenBeginsNothingAndBlocksNobody() throws IOException {
        Jobs jobs = new Jobs(new Folders(share));
        Path inTheWay = share.resolve("jobs.json/in-the-way");
        Files.createDirectories(inTheWay);
        assertThrows(UncheckedIOException.class, () -> jobs.run("app_a", "first", "a", () -> 1));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertEquals(2, jobs.run("app_a", "second", "a", () -> 2));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
