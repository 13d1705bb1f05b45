package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.TestSettings;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.testing.Logged;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version counts once it has started, and not before. */
class AppTrialTest {

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path share;

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void whatIsNotStartedInTimeIsTakenBack() {
        AppsHome home = runningBeforeASlowVersion(SHORT);

        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.update("2.0"));

        assertEquals(
                "The update of app local_sample to 2.0 failed: App local_sample is not started after 1 s. Version 1.0 runs"
                        + " again",
                failure.getMessage());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(home, "1.0");
        assertEquals("1.0", home.apps.version(SLUG).orElseThrow());
    }

    @Test
    void theEndOfTheSupervisorIsNoFaultOfTheNewVersion() throws InterruptedException {
        AppsHome home = runningBeforeASlowVersion(LONG);
        Thread update = Thread.startVirtualThread(() -> assertThrows(RuntimeException.class, () -> home.update("2.0")));
        AppsHome.await(
                "the new pod",
                () -> home.apps.state(SLUG) == AppState.STARTUP
                        && home.apps.version(SLUG).orElseThrow().equals("2.0")
                        && home.image().endsWith(":2.0")
                        && !home.board.pods(SLUG).isEmpty());

        update.interrupt();
        update.join();

        assertEquals(List.of(), home.issues.open());
        cluster.put(Kind.POD, TestPods.running(SLUG));
        AppsHome next = home(LONG).wake();
        assertEquals("2.0", next.apps.version(SLUG).orElseThrow());
        AppRecoveryTest.assertIsOneVersion(next, "2.0");
    }

    @Test
    void afterACrashItIsWaitedForAndThenCounts() {
        AppsHome next = wokenWhileStarting(TestPods.running(SLUG));
        assertEquals("2.0", next.apps.version(SLUG).orElseThrow());
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(next, "2.0");
    }

    @Test
    void afterACrashTheWayBackIsStillThere() {
        AppsHome next = wokenWhileStarting(TestPods.waiting(SLUG, "ErrImagePull"));
        assertEquals("1.0", next.apps.version(SLUG).orElseThrow());
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(next, "1.0");
        assertTrue(next.issues.open().stream().anyMatch(issue -> issue.type().equals("update_rollback")));
    }

    /** Version 1.0 runs; the pod of 2.0 is there and no more. */
    private AppsHome runningBeforeASlowVersion(Duration trial) {
        AppsHome home = home(trial);
        cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 0")) {
                cluster.remove(Kind.POD, NAME + "-pod");
            } else if (write.equals("scale deployments/" + NAME + " 1")) {
                boolean isNew = home.image().endsWith(":2.0");
                cluster.put(Kind.POD, isNew ? TestPods.pending(SLUG) : TestPods.running(SLUG));
            }
        });
        home.install(SAMPLE);
        home.apps.start(SLUG);
        return home;
    }

    /** @param outcome what becomes of the new version's pod while the next process waits for it */
    private AppsHome wokenWhileStarting(V1Pod outcome) {
        AppsHome home = home(LONG);
        cluster.runPods();
        home.install(SAMPLE.replace("\"1.0\"", "\"2.0\""));
        cluster.scale(Kind.DEPLOYMENT, NAME, 1);
        cluster.put(Kind.POD, TestPods.pending(SLUG));
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        AppRevision before = AppRevision.of(AppsHome.manifest(SAMPLE), "amd64");
        home.file.put(app.at(app.revision(), Optional.of(new AppUpdating(before, Optional.empty(), true))));
        cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 0")) {
                cluster.remove(Kind.POD, NAME + "-pod");
            } else if (write.equals("scale deployments/" + NAME + " 1")) {
                cluster.put(Kind.POD, TestPods.running(SLUG));
            }
        });
        AppsHome next = home(LONG);
        try (Logged log = Logged.by(AppUndo.class)) {
            Thread start = Thread.startVirtualThread(next::wake);
            AppsHome.await(
                    "the wait", () -> log.lines().stream().anyMatch(line -> line.startsWith("Waiting for " + SLUG)));
            assertEquals("2.0", next.apps.version(SLUG).orElseThrow());
            cluster.put(Kind.POD, outcome);
            AppsHome.await("the end of the start", () -> !start.isAlive());
        }
        next.awaitIdle(SLUG);
        return next;
    }

    private AppsHome home(Duration trial) {
        return new AppsHome(share, cluster, TestSettings.of(share), trial);
    }
}
