package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

    @TempDir
    private Path share;

    private final Events events = new Events();
    private final List<SupervisorEvent> told = new CopyOnWriteArrayList<>();

    JobsTest() {
        events.listen(told::add);
    }

    @Test
    void aSecondJobOfTheSameGroupIsRefusedAndAnotherGroupIsNot() {
        Jobs jobs = jobs();
        jobs.run("app_a", "first", "a", () -> {
            ApiFailure refused = elsewhere(
                    () -> assertThrows(ApiFailure.BadRequest.class, () -> jobs.run("app_a", "second", "a", () -> {})));
            assertEquals("Another job is running for job group app_a", refused.getMessage());
            assertEquals("done", elsewhere(() -> jobs.run("app_b", "third", "b", () -> "done")));
        });
        assertEquals("again", jobs.run("app_a", "fourth", "a", () -> "again"));
    }

    @Test
    void workInsideOfAJobOfTheSameGroupIsPartOfItAndNotInTheJournal() {
        Jobs jobs = jobs();
        jobs.run("app_a", "app_manager_update", "a", () -> {
            jobs.run(Work.of("house_keeping").internal(), () -> {
                assertEquals("done", jobs.run("app_a", "app_stop", "a", () -> "done"));
                assertEquals(
                        List.of("app_manager_update"),
                        jobs().cutOff().stream().map(Journal.Entry::name).toList());
            });
            assertTrue(jobs.isRunning("app_a"), "the inner one gives away what is not its own");
        });
        assertFalse(jobs.isRunning("app_a"));
    }

    @Test
    void whoFreesAGroupTellsItAndWorkInsideOfItDoesNot() {
        Jobs jobs = jobs();
        List<String> freed = new CopyOnWriteArrayList<>();
        jobs.onFree(work -> freed.add(work.name() + (jobs.isRunning("app_a") ? " still has it" : "")));
        jobs.run("app_a", "outer", "a", () -> jobs.run("app_a", "inner", "a", () -> {}));
        jobs.run(Work.of("without"), () -> {});
        assertThrows(
                IllegalStateException.class,
                () -> jobs.run("app_a", "failing", "a", (Runnable) () -> {
                    throw new IllegalStateException();
                }));
        jobs.background("app_a", "background", "a", () -> 1, _ -> {});
        Eventually.holds("the end of all", () -> freed.size() == 3);
        assertEquals(List.of("outer", "failing", "background"), freed);
    }

    @Test
    void workThatIsUnderWayIsOnDiskAndGoneAfterwards() {
        Jobs jobs = jobs();
        jobs.run("app_a", "install", "a", () -> {
            List<Journal.Entry> seen = jobs().cutOff();
            assertEquals(
                    List.of("install"), seen.stream().map(Journal.Entry::name).toList());
            assertEquals("a", seen.getFirst().reference());
        });
        assertEquals(List.of(), jobs().cutOff());
    }

    @Test
    void workThatFailsFreesItsGroup() {
        Jobs jobs = jobs();
        assertThrows(
                IllegalStateException.class,
                () -> jobs.run("app_a", "install", "a", (Runnable) () -> {
                    throw new IllegalStateException("no");
                }));
        assertEquals(List.of(), jobs().cutOff());
        assertEquals(1, jobs.run("app_a", "install", "a", () -> 1));
    }

    @Test
    void cutOffWorkStaysInTheJournalUntilItIsSettled() {
        Jobs crashed = jobs();
        crashed.run("app_a", "install", "a", () -> {
            Jobs next = jobs();
            Journal.Entry entry = next.cutOff().getFirst();
            next.run("app_b", "start", "b", () -> {});
            assertEquals(List.of(entry), jobs().cutOff());

            next.settled(entry);

            assertEquals(List.of(), jobs().cutOff());
        });
    }

    @Test
    void cutOffWorkBlocksNoNewWorkOfItsGroup() {
        Jobs crashed = jobs();
        crashed.run("app_a", "install", "a", () -> {
            Jobs next = jobs();
            assertEquals(1, next.cutOff().size());
            assertEquals("done", next.run("app_a", "start", "a", () -> "done"));
        });
    }

    @Test
    void workInTheBackgroundIsUnderWayUntilItEndsInAnyWay() {
        Jobs jobs = jobs();
        CountDownLatch goOn = new CountDownLatch(1);
        String uuid = jobs.background("app_a", "update", "a", () -> goOn, checked -> {
            Eventually.opens("the test lets it go on", checked);
            throw new IllegalStateException("no");
        });
        assertTrue(uuid.matches("[0-9a-f]{32}"), uuid);
        assertEquals(uuid, jobs().cutOff().getFirst().uuid());
        assertThrows(ApiFailure.BadRequest.class, () -> jobs.run("app_a", "second", "a", () -> {}));
        goOn.countDown();
        Eventually.holds("the end of the work", () -> !jobs.isRunning("app_a"));
        assertEquals(List.of(), jobs().cutOff());
    }

    @Test
    void keptWorkThatWasCutOffIsFoundAsFailedWithItsStage() {
        Work backup = Work.of("backup_manager_full_backup").in("backup_manager").kept();
        jobs().run(backup, () -> {
            Job job = Job.current().orElseThrow();
            job.reference("0123abcd");
            job.stage("apps");
            told.clear();
            Jobs next = jobs();

            Journal.Entry left = next.cutOff().getFirst();

            JobInfo found = next.ledger().tree(job.uuid());
            assertEquals("0123abcd", left.reference());
            assertEquals(
                    "backup_manager_full_backup 0123abcd apps true",
                    found.name() + " " + found.reference() + " " + found.stage() + " " + found.done());
            assertEquals(
                    List.of(new JobError(
                            "BackupError", "The Supervisor ended before this job did", "apps", null, null)),
                    found.errors());
            assertEquals(job.created(), found.created());
            assertEquals(
                    List.of(job.uuid()),
                    told.stream()
                            .filter(SupervisorEvent.JobChanged.class::isInstance)
                            .map(event -> ((SupervisorEvent.JobChanged) event)
                                    .fields()
                                    .get("uuid"))
                            .toList());
            next.settled(left);
            assertEquals(List.of(), jobs().cutOff());
            assertEquals(found, next.ledger().tree(job.uuid()), "it stays for whoever asks later");
        });
    }

    @Test
    void whoBeginsWorkCanWaitForItsEnd() throws Exception {
        Jobs jobs = jobs();
        CountDownLatch goOn = new CountDownLatch(1);
        Jobs.Begun begun = jobs.begin(Work.of("long").in("one").kept(), () -> goOn, checked -> {
            Eventually.opens("the test lets it go on", checked);
            throw new IllegalStateException("no");
        });
        assertFalse(begun.end().isDone());
        goOn.countDown();
        begun.end().get(10, TimeUnit.SECONDS);
        assertFalse(jobs.isRunning("one"));
        assertEquals(true, jobs.ledger().tree(begun.id()).done());
    }

    @Test
    void aCheckThatFailsIsTheCallersAndFreesTheGroup() {
        Jobs jobs = jobs();
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
        Jobs jobs = jobs();
        Path inTheWay = share.resolve("jobs.json/in-the-way");
        Files.createDirectories(inTheWay);
        assertThrows(UncheckedIOException.class, () -> jobs.run("app_a", "first", "a", () -> 1));
        Files.delete(inTheWay);
        Files.delete(inTheWay.getParent());
        assertEquals(2, jobs.run("app_a", "second", "a", () -> 2));
    }

    @Test
    void ignoredConditionsSurviveARestartAndLeaveTheJournalAlone() {
        Jobs jobs = jobs();
        jobs.run("app_a", "install", "a", () -> {
            jobs.ignore(List.of(JobCondition.HEALTHY, JobCondition.FREE_SPACE));

            Jobs next = jobs();
            assertEquals(1, next.cutOff().size());
            assertEquals(List.of(JobCondition.HEALTHY, JobCondition.FREE_SPACE), next.ignored());
        });
        Jobs next = jobs();
        assertEquals(List.of(), next.cutOff());
        assertEquals(2, next.ignored().size(), "the end of work keeps them");
    }

    @Test
    void conditionsThatNobodyKnowsAnyMoreAreLeftOut() throws IOException {
        Files.writeString(share.resolve("jobs.json"), "{\"ignore_conditions\": [\"healthy\", \"sunny\"]}");
        Jobs jobs = jobs();
        jobs.cutOff();
        assertEquals(List.of(JobCondition.HEALTHY), jobs.ignored());
        assertEquals(List.of(new SupervisorEvent.JobConditionsIgnored(List.of("healthy"))), told);
    }

    @Test
    void aDamagedJournalIsSetAsideAndAnIssue() throws IOException {
        Files.writeString(share.resolve("jobs.json"), "[");
        assertEquals(List.of(), jobs().cutOff());
        SupervisorEvent.IssueFound issue = (SupervisorEvent.IssueFound) told.getFirst();
        assertEquals("corrupt_file", issue.type());
        assertEquals("[", Files.readString(Path.of(issue.reference().orElseThrow())));
    }

    private Jobs jobs() {
        return new Jobs(new Folders(share), events);
    }

    /** On another thread, so not inside of the job that runs here. */
    private static <R> R elsewhere(Supplier<R> work) {
        return CompletableFuture.supplyAsync(work)
                .orTimeout(Eventually.SOON.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
