package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import hakube.testing.Eventually;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients see of jobs, and are told of them. */
class LedgerTest {

    @TempDir
    private Path share;

    private final List<Map<String, Object>> told = new CopyOnWriteArrayList<>();
    private Jobs jobs;

    @BeforeEach
    void open() {
        Events events = new Events();
        events.listen(event -> {
            if (event instanceof SupervisorEvent.JobChanged changed) {
                told.add(changed.fields());
            }
        });
        jobs = new Jobs(new Folders(share), events);
    }

    @Test
    void workIsListedWhileItRunsAndGoneAfterwards() {
        jobs.run("app_a", "app_start", "local_a", () -> {
            JobInfo job = onlyJob();
            assertEquals("app_start", job.name());
            assertEquals("local_a", job.reference());
            assertEquals(false, job.done());
            assertEquals(job, jobs.ledger().tree(job.uuid()));
            assertTrue(job.uuid().matches("[0-9a-f]{32}"), job.uuid());
            assertTrue(
                    job.created().matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}\\+00:00"), job.created());
        });
        assertEquals(List.of(), jobs.ledger().trees());
    }

    @Test
    void theNewestRootComesFirstAndTheOldestChild() {
        jobs.run(Work.of("older").kept(), () -> {});
        jobs.run(Work.of("newer").kept(), () -> {
            jobs.run(Work.of("first"), () -> {});
            jobs.run(Work.of("second"), () -> jobs.run(Work.of("inner"), () -> {}));
        });

        List<JobInfo> trees = jobs.ledger().trees();

        assertEquals(List.of("newer", "older"), names(trees));
        assertEquals(List.of("first", "second"), names(trees.getFirst().childJobs()));
        assertEquals(
                List.of("inner"), names(trees.getFirst().childJobs().getLast().childJobs()));
    }

    @Test
    void whatIsInternalIsNeitherListedNorToldAndItsChildrenBelongFurtherOut() {
        jobs.run(
                Work.of("outer"),
                () -> jobs.run(Work.of("house_keeping").internal(), () -> {
                    jobs.run(Work.of("inner"), () -> {
                        JobInfo outer = onlyJob();
                        assertEquals(List.of("inner"), names(outer.childJobs()));
                        assertEquals(outer.uuid(), told.getLast().get("parent_id"));
                    });
                }));
        assertEquals(
                Set.of("outer", "inner"),
                Set.copyOf(told.stream().map(job -> job.get("name")).toList()));
    }

    @Test
    void eachChangeIsToldOnceWithAllFields() {
        jobs.run(Work.of("backup_manager_full_backup"), () -> {
            Job job = Job.current().orElseThrow();
            job.stage("apps");
            job.progress(33.333);
            job.progress(33.333);
            job.progress(20);
            job.reference("0a1b2c3d");
            job.extra(Map.of("current", 1));
        });

        assertEquals(
                List.of("0.0 null null", "0.0 apps null", "33.3 apps null", "33.3 apps 0a1b2c3d"),
                told.stream()
                        .map(job -> job.get("progress") + " " + job.get("stage") + " " + job.get("reference"))
                        .distinct()
                        .limit(4)
                        .toList());
        assertEquals(6, told.size());
        Map<String, Object> last = told.getLast();
        assertEquals(
                Set.of(
                        "name",
                        "reference",
                        "uuid",
                        "progress",
                        "stage",
                        "done",
                        "parent_id",
                        "errors",
                        "created",
                        "extra"),
                last.keySet());
        assertEquals(100.0, last.get("progress"));
        assertEquals(true, last.get("done"));
        assertEquals(Map.of("current", 1), last.get("extra"));
    }

    @Test
    void aFailureEndsTheJobWhereItIs() {
        assertThrows(
                ApiFailure.NotFound.class,
                () -> jobs.run(Work.of("restore").kept(), (Runnable) () -> {
                    Job.current().orElseThrow().stage("apps");
                    Job.current().orElseThrow().progress(40);
                    throw new ApiFailure.NotFound("No such thing", "thing_not_found_error", Map.of("thing", "x"));
                }));

        JobInfo job = onlyJob();
        assertEquals(true, job.done());
        assertEquals(40, job.progress());
        assertEquals(
                List.of(new JobError(
                        "APINotFound", "No such thing", "apps", "thing_not_found_error", Map.of("thing", "x"))),
                job.errors());
    }

    @Test
    void aFaultThatNobodyExpectedIsNotShown() {
        assertThrows(
                IllegalStateException.class,
                () -> jobs.run(Work.of("restore").kept(), (Runnable) () -> {
                    throw new IllegalStateException("/inner/path");
                }));

        assertEquals(
                List.of(new JobError("HassioError", "Unknown error, see Supervisor logs", null, null, null)),
                onlyJob().errors());
    }

    @Test
    void aPartThatFailsLeavesTheWholeAnErrorAndGoesOnToItsEnd() {
        jobs.run(Work.of("backup").kept(), () -> {
            Job.current().orElseThrow().error(new ApiFailure.BadRequest("no room"));
        });
        JobInfo job = onlyJob();
        assertEquals(100, job.progress());
        assertEquals("no room", job.errors().getFirst().message());
    }

    @Test
    void aJobThatIsDoneChangesNoMore() {
        List<Job> kept = new ArrayList<>();
        jobs.run(Work.of("backup").kept(), () -> kept.add(Job.current().orElseThrow()));
        assertThrows(IllegalStateException.class, () -> kept.getFirst().progress(50));
        assertThrows(IllegalStateException.class, () -> kept.getFirst().stage("apps"));
    }

    @Test
    void progressIsNoOtherThanZeroToHundred() {
        jobs.run(Work.of("backup"), () -> {
            Job job = Job.current().orElseThrow();
            assertThrows(IllegalArgumentException.class, () -> job.progress(100.1));
            assertEquals(0, onlyJob().progress());
        });
    }

    @Test
    void whatFailsInTheBackgroundStaysUntilTheNextTryOfTheSame() {
        String first = failInBackground("app_manager_install", "local_a");
        String other = failInBackground("app_manager_install", "local_b");
        assertEquals("no", jobs.ledger().tree(first).errors().getFirst().message());

        String again = failInBackground("app_manager_install", "local_a");

        assertThrows(ApiFailure.NotFound.class, () -> jobs.ledger().tree(first));
        assertEquals(List.of(again, other), uuids());
    }

    @Test
    void whatSucceedsInTheBackgroundIsGone() {
        String uuid = jobs.background(Work.of("update").in("g"), () -> 1, checked -> {});
        awaitEnd("g");
        assertThrows(ApiFailure.NotFound.class, () -> jobs.ledger().tree(uuid));
    }

    @Test
    void aCheckThatFailsLeavesNoJob() {
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> jobs.background(
                        Work.of("update"),
                        () -> {
                            throw new ApiFailure.BadRequest("no such version");
                        },
                        checked -> {}));
        assertEquals(List.of(), jobs.ledger().trees());
        assertEquals(List.of(), told);
    }

    @Test
    void onlyWhatIsDoneIsRemovedAndWithItsChildren() {
        jobs.run(Work.of("backup").kept(), () -> {
            jobs.run(Work.of("part"), () -> {});
            String uuid = onlyJob().uuid();
            ApiFailure refused = assertThrows(
                    ApiFailure.BadRequest.class, () -> jobs.ledger().remove(uuid));
            assertEquals("Job " + uuid + " is not done!", refused.getMessage());
        });
        JobInfo job = onlyJob();

        jobs.ledger().remove(job.uuid());

        assertThrows(ApiFailure.NotFound.class, () -> jobs.ledger().tree(job.uuid()));
        assertThrows(ApiFailure.NotFound.class, () -> jobs.ledger()
                .tree(job.childJobs().getFirst().uuid()));
    }

    @Test
    void whatIsKeptHasABound() {
        for (int i = 0; i < Ledger.MOST_KEPT + 5; i++) {
            jobs.run(Work.of("backup", "number " + i).kept(), () -> jobs.run(Work.of("part"), () -> {}));
        }
        List<JobInfo> trees = jobs.ledger().trees();
        assertEquals(Ledger.MOST_KEPT, trees.size());
        assertEquals("number 5", trees.getLast().reference());
        assertEquals(1, trees.getLast().childJobs().size());
    }

    @Test
    void theRevisionGrowsWithWhatClientsCouldSee() {
        long before = jobs.revision();
        jobs.run(Work.of("backup"), () -> {
            long begun = jobs.revision();
            assertTrue(begun > before);
            Job.current().orElseThrow().progress(5);
            assertTrue(jobs.revision() > begun);
        });
    }

    private String failInBackground(String name, String reference) {
        String uuid = jobs.background(Work.of(name, reference).in("g"), () -> 1, checked -> {
            throw new ApiFailure.BadRequest("no");
        });
        awaitEnd("g");
        return uuid;
    }

    private void awaitEnd(String group) {
        Eventually.holds("the end of the work", () -> !jobs.isRunning(group));
    }

    private JobInfo onlyJob() {
        List<JobInfo> trees = jobs.ledger().trees();
        assertEquals(1, trees.size(), trees::toString);
        return trees.getFirst();
    }

    private List<String> uuids() {
        return jobs.ledger().trees().stream().map(JobInfo::uuid).toList();
    }

    private static List<String> names(List<JobInfo> jobs) {
        return jobs.stream().map(JobInfo::name).toList();
    }
}
