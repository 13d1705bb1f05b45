package hakube.core;

import static hakube.core.InstalledCore.PATIENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.testing.Eventually;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoreUpdateTest {

    @TempDir
    private Path share;

    private InstalledCore home;
    private FakeCluster cluster;
    private Core core;

    @BeforeEach
    void install() {
        home = new InstalledCore(share);
        cluster = home.cluster;
        core = home.core;
    }

    @Test
    void anUpdateThatDoesNotComeUpIsRolledBack() {
        core.start();
        refuse("2026.12.0");
        String said = assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.of("2026.12.0"), false))
                .getMessage();
        assertEquals(
                "The update to 2026.12.0 failed: ImagePullBackOff: no such tag. Home Assistant 2026.11.0 runs again",
                said);
        assertEquals("2026.11.0", core.options().version());
        assertEquals("localhost/core:2026.11.0", home.image());
        assertTrue(core.pod().map(PodFault::isReady).orElse(false));
        assertEquals(Optional.of("localhost/core:2026.11.0"), home.template());
        assertTrue(home.room.told.stream()
                .anyMatch(event -> event instanceof SupervisorEvent.IssueFound issue
                        && issue.type().equals("update_rollback")
                        && issue.context().equals("core")));
    }

    @Test
    void theBackupThatIsWishedComesFirstAndIsOfWhatIsThere() {
        core.start();
        core.update(Optional.of("2026.12.0"), true);
        assertEquals(List.of("2026.11.0"), home.room.backups);
        assertEquals("2026.12.0", core.options().version());
        assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.of("2026.12.0"), true));
        assertEquals(List.of("2026.11.0"), home.room.backups, "nothing is backed up for an update that is none");
    }

    @Test
    void withoutTheBackupThatIsWishedThereIsNoUpdate() {
        core.start();
        home.cluster.forgetWrites();
        home.room.backupFailure = Optional.of(new ApiFailure.BadRequest("no room"));
        assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.of("2026.12.0"), true));
        assertEquals(List.of(), home.cluster.writes());
        assertEquals("2026.11.0", core.options().version());
    }

    @Test
    void clientsSeeAnUpdateGoOnAndEnd() {
        core.start();
        home.room.told.clear();
        core.update(Optional.of("2026.12.0"), false);
        List<Map<String, Object>> told = home.room.told.stream()
                .filter(SupervisorEvent.JobChanged.class::isInstance)
                .map(event -> ((SupervisorEvent.JobChanged) event).fields())
                .toList();
        List<Object> progress = told.stream().map(job -> job.get("progress")).toList();
        assertEquals(0.0, progress.getFirst());
        assertEquals(100.0, progress.getLast());
        assertEquals(progress.stream().sorted().toList(), progress, "it never goes back");
        assertTrue(progress.contains(80.0), progress::toString);
        assertEquals(
                Set.of("home_assistant_core_update homeassistant"),
                Set.copyOf(told.stream()
                        .map(job -> job.get("name") + " " + job.get("reference"))
                        .toList()));
        assertEquals(true, told.getLast().get("done"));
    }

    @Test
    void anUpdateOfAStoppedCoreStartsNothing() {
        core.update(Optional.of("2026.12.0"), false);
        assertFalse(core.isRunning());
        assertEquals(Optional.of("localhost/core:2026.12.0"), home.template());
    }

    @Test
    void theInstalledVersionIsNoUpdate() {
        assertEquals(
                "Version 2026.11.0 of Home Assistant is already installed",
                assertThrows(ApiFailure.BadRequest.class, () -> core.update(Optional.empty(), false))
                        .getMessage());
        assertThrows(ApiFailure.BadRequest.class, () -> core.updateInBackground(Optional.of("2026.11.0"), false));
        assertFalse(home.room.jobs.isRunning(Core.GROUP));
    }

    @Test
    void anUpdateInTheBackgroundAnswersWithItsJobAndGoesOn() {
        core.start();
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        cluster.before("delete pods/homeassistant-0", () -> {
            reached.countDown();
            Eventually.opens("the test lets it go on", goOn);
        });
        String job = core.updateInBackground(Optional.of("2026.12.0"), false);
        assertTrue(job.matches("[0-9a-f]{32}"), job);
        Eventually.opens("the pod's end", reached);
        assertEquals(
                "Another job is running for job group home_assistant_core",
                assertThrows(ApiFailure.BadRequest.class, core::stop).getMessage());
        goOn.countDown();
        Eventually.holds("the end of the update", () -> !home.room.jobs.isRunning(Core.GROUP));
        assertEquals("localhost/core:2026.12.0", home.image());
    }

    @Test
    void anUpdateThatACrashCutOffIsUndoneAtTheNextStart() {
        core.start();
        String before = home.uid();
        // What a process that dies between file and pod leaves: template and file are new, the pod is old.
        cluster.before("delete pods/homeassistant-0", () -> {
            throw new Error("the process ends here");
        });
        assertThrows(Error.class, () -> core.update(Optional.of("2026.12.0"), false));
        assertEquals("2026.12.0", core.options().version());
        assertEquals(Optional.of("localhost/core:2026.12.0"), home.template());
        Core next = home.again(PATIENCE).core;
        assertEquals("2026.11.0", next.options().version());
        assertEquals(Optional.of("localhost/core:2026.11.0"), home.template());
        assertEquals(before, home.uid());
    }

    /** From now on no node can pull that version. */
    private void refuse(String version) {
        cluster.onWrite(write -> {
            if (write.equals("delete pods/homeassistant-0")
                    && home.template().orElseThrow().endsWith(":" + version)) {
                cluster.put(Kind.POD, SamplePod.waiting(cluster, "ImagePullBackOff", "no such tag"));
            }
        });
    }
}
