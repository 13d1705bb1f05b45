package hakube.apps;

import static hakube.apps.AppUpdateTest.assertIs;
import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way back from an update that does not go through. */
class AppUndoTest {

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
    }

    @Test
    void whatDoesNotStartIsTakenBack() {
        pods(image -> image.endsWith(":2.0") ? TestPods.waiting(SLUG, "ErrImagePull") : TestPods.running(SLUG));
        startedByPods();
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.update("2.0"));
        assertEquals(
                "The update of app local_sample to 2.0 failed: ErrImagePull: because. Version 1.0 runs again",
                failure.getMessage());
        assertIs(home, "1.0", AppState.STARTED);
        assertEquals(List.of("update_rollback ErrImagePull: because"), updateIssues());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatEndsAtOnceIsTakenBack(boolean watchdog) {
        pods(image -> image.endsWith(":2.0") ? TestPods.ended(SLUG, 1) : TestPods.running(SLUG));
        startedByPods();
        home.apps.change(SLUG, user -> user.withFlags(new UserLayer.Flags(false, true, false, watchdog, false)));
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.update("2.0"));
        assertEquals(
                "The update of app local_sample to 2.0 failed: its process ended with code 1. Version 1.0 runs again",
                failure.getMessage());
        home.awaitIdle(SLUG);
        assertIs(home, "1.0", AppState.STARTED);
        assertEquals(List.of("update_rollback its process ended with code 1"), updateIssues());
        assertEquals(0, AppStates.exitCode(home.deployment(NAME)), "the code of 2.0 is not that of 1.0");
    }

    @Test
    void theOldVersionComesBackUnderACoreThatIsTooOldForIt() {
        pods(image -> image.endsWith(":2.0") ? TestPods.waiting(SLUG, "ErrImagePull") : TestPods.running(SLUG));
        home.coreVersion = Optional.of("2026.11.0");
        String picky = SAMPLE + "homeassistant: 2026.11.0\n";
        home.install(picky);
        home.apps.start(SLUG);
        home.coreVersion = Optional.of("2026.10.0");
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.update("2.0"));
        assertTrue(failure.getMessage().endsWith("Version 1.0 runs again"), failure.getMessage());
        assertIs(home, "1.0", AppState.STARTED);
    }

    @Test
    void forAPortThatAnotherAppHasNothingIsStopped() {
        home.install(SAMPLE.replace("slug: sample", "slug: other").replace("{7/tcp: 7, 7/udp: 7}", "{8/tcp: 8}"));
        home.run();
        home.apps.start("local_other");
        home.cluster.forgetWrites();
        ApiFailure failure = assertThrows(
                ApiFailure.BadRequest.class,
                () -> home.update.update(
                        AppsHome.offer(
                                SAMPLE.replace("\"1.0\"", "\"2.0\"").replace("{7/tcp: 7, 7/udp: 7}", "{7/tcp: 8}")),
                        "amd64",
                        false));
        assertEquals(
                "App local_sample cannot have port 8/tcp of the internal address: local_other has it",
                failure.getMessage());
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(List.of(), home.issues.open());
        assertIs(home, "1.0", AppState.STARTED);
        assertEquals(
                List.of("7/tcp", "7/udp", "8/tcp"),
                home.ports.entries().stream()
                        .map(entry -> entry.external().toString())
                        .sorted()
                        .toList());
    }

    @Test
    void whereTheOldVersionDoesNotComeBackEitherItIsToldAndTriedAgainAtTheNextStart() {
        List<String> broken = new ArrayList<>();
        pods(image -> broken.isEmpty() ? TestPods.running(SLUG) : TestPods.waiting(SLUG, broken.getFirst()));
        startedByPods();
        broken.add("CreateContainerError");
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.update("2.0"));
        assertEquals(
                "The update of app local_sample to 2.0 failed: CreateContainerError: because. Version 1.0 did not come"
                        + " back: CreateContainerError: because",
                failure.getMessage());
        assertEquals("1.0", home.apps.version(SLUG).orElseThrow());
        assertEquals("localhost/sample:1.0", home.image());
        assertEquals(2, updateIssues().size());

        broken.clear();
        home.awaitIdle(SLUG);
        AppsHome next = new AppsHome(share, home.cluster).wake();
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(next, "started again");
    }

    @Test
    void whoeverStopsTheAppMeanwhileIsNotOverruledByTheNextStart() {
        home.run();
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        AppUpdating mark = new AppUpdating(app.revision(), Optional.empty(), true);
        home.file.put(app.at(app.revision(), Optional.of(mark)));
        home.apps.stop(SLUG);
        home.awaitIdle(SLUG);
        AppsHome next = new AppsHome(share, home.cluster).wake();
        assertEquals(AppState.STOPPED, next.apps.state(SLUG));
    }

    @Test
    void anAppThatAnUpdateHasStoppedIsWantedToRun() {
        home.install(SAMPLE);
        AppBoot boot = new AppBoot(home.apps, home.board, new AppIssues(home.board, new Events()));
        assertFalse(boot.isAnyWanted());
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        home.file.put(app.at(app.revision(), Optional.of(new AppUpdating(app.revision(), Optional.empty(), true))));
        assertTrue(boot.isAnyWanted());
    }

    private void startedByPods() {
        home.install(SAMPLE);
        home.apps.start(SLUG);
        assertIs(home, "1.0", AppState.STARTED);
    }

    /** A kubelet that makes of an image what {@code made} says. */
    private void pods(Function<String, V1Pod> made) {
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 1")) {
                home.cluster.put(Kind.POD, made.apply(home.image()));
            } else if (write.equals("scale deployments/" + NAME + " 0")) {
                home.cluster.remove(Kind.POD, NAME + "-pod");
            }
        });
    }

    private List<String> updateIssues() {
        return home.events.stream()
                .filter(SupervisorEvent.IssueFound.class::isInstance)
                .map(SupervisorEvent.IssueFound.class::cast)
                .filter(issue -> issue.type().startsWith("update_"))
                .map(issue -> issue.type() + " " + issue.explanation())
                .toList();
    }
}
