package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person asks for after objects were deleted by hand, or a crash. */
class AppRepairTest {

    /** Far below the time that a start may take. */
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path share;

    @Test
    void whatIsGoneIsMadeAgainBeforeTheAnswer() {
        AppsHome home = running();
        home.cluster.remove(Kind.SERVICE, NAME);
        home.cluster.forgetWrites();
        home.recovery.repair();
        assertEquals(List.of("apply services/" + NAME), home.cluster.writes());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @Test
    void anUpdateThatWasCutOffIsEndedBehindTheAnswer() {
        AppsHome home = running();
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        home.apps.stop(SLUG);
        home.file.put(app.at(app.revision(), Optional.of(new AppUpdating(app.revision(), Optional.empty(), true))));
        home.cluster.stopAutoRun();

        assertTimeout(SOON, home.recovery::repair);

        AppsHome.await("the start", () -> home.deployment(NAME).getSpec().getReplicas() == 1);
        assertTrue(home.jobs.isRunning(Apps.group(SLUG)));
        home.cluster.runPods();
        home.awaitIdle(SLUG);
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(home, "after the repair");
        assertTrue(jobs(home).contains("app_repair"), jobs(home).toString());
    }

    private static List<String> jobs(AppsHome home) {
        return home.events.stream()
                .filter(SupervisorEvent.JobChanged.class::isInstance)
                .map(event -> String.valueOf(
                        ((SupervisorEvent.JobChanged) event).fields().get("name")))
                .distinct()
                .toList();
    }

    private AppsHome running() {
        AppsHome home = new AppsHome(share).wake();
        home.run();
        home.awaitIdle(SLUG);
        return home;
    }
}
