package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppUpdateTest {

    private static final String NEXT = SAMPLE.replace("\"1.0\"", "\"2.0\"");

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
    }

    @Test
    void whatRunsIsStoppedBeforeItsTemplateChangesAndStartedWithANewToken() {
        home.run();
        String before = home.token(NAME);
        home.cluster.forgetWrites();
        home.update("2.0");
        assertEquals(
                List.of(
                        "scale deployments/" + NAME + " 0",
                        "apply secrets/" + NAME + "-env",
                        "apply services/" + NAME,
                        "apply deployments/" + NAME,
                        "scale deployments/" + NAME + " 1"),
                home.cluster.writes());
        assertIs(home, "2.0", AppState.STARTED);
        assertNotEquals(before, home.token(NAME));
    }

    @Test
    void whatIsStoppedStaysStopped() {
        home.cluster.autoRun();
        home.install(SAMPLE);
        home.update("2.0");
        assertIs(home, "2.0", AppState.STOPPED);
        assertEquals(0, home.deployment(NAME).getSpec().getReplicas());
    }

    @Test
    void whatStillEndsAfterAStopIsNotStartedAgain() {
        home.install(SAMPLE);
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 1")) {
                home.cluster.put(Kind.POD, TestPods.running(SLUG));
            }
        });
        home.apps.start(SLUG);
        home.cluster.scale(Kind.DEPLOYMENT, NAME, 0);
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
        Thread kubelet = Thread.startVirtualThread(() -> {
            AppsHome.await("the mark of the update", () -> home.file
                    .find(SLUG)
                    .flatMap(app -> app.user().updating())
                    .isPresent());
            home.cluster.remove(Kind.POD, NAME + "-pod");
        });
        home.update("2.0");
        Eventually.ends(kubelet);
        assertIs(home, "2.0", AppState.STOPPED);
    }

    @Test
    void whatTheUserChoseStays() throws IOException {
        home.run();
        home.apps.change(SLUG, user -> user.withOptions(Map.of("greeting", "servus"))
                .withBoot("manual")
                .withNetwork(Optional.of(Map.of("7/tcp", 70))));
        UserLayer before = home.file.find(SLUG).orElseThrow().user();
        home.update.update(
                AppsHome.offer(NEXT.replace("{greeting: hello}", "{greeting: hello, colour: red}")
                        .replace("{greeting: str}", "{greeting: str, colour: str}")),
                "amd64",
                false);
        UserLayer after = home.file.find(SLUG).orElseThrow().user();
        AppRevision first = AppRevision.of(AppsHome.manifest(SAMPLE), "amd64");
        AppUpdating mark = new AppUpdating(first, Optional.empty(), true);
        assertEquals(
                before.withOptions(after.options())
                        .at(revision(), Optional.of(mark))
                        .settled(),
                after);
        assertEquals(Map.of("greeting", "servus"), after.options());
        String written = Files.readString(share.resolve("addons/data/" + SLUG + "/options.json"));
        assertTrue(written.contains("servus") && written.contains("red"), written);
        assertIs(home, "2.0", AppState.STARTED);
    }

    @Test
    void theNewVersionsRightsCountAsSoonAsItStarts() {
        home.run();
        List<String> versions = new ArrayList<>();
        home.cluster.onWrite(write -> {
            if (write.endsWith(" 1")) {
                versions.add(home.apps.version(SLUG).orElseThrow());
            }
        });
        home.update("2.0");
        assertEquals(List.of("2.0"), versions);
    }

    @Test
    void whatIsKnownBeforehandEndsWithoutAWrite() {
        assertRefused(Optional.empty(), "App local_sample is not installed", NEXT);
        home.run();
        assertRefused(Optional.of("app_no_update_available_error"), "No update available for app local_sample", SAMPLE);
        assertRefused(
                Optional.of("runtime_not_supported_error"),
                "App Sample can't run on Kubernetes: host networking is not available; device passthrough is not"
                        + " available (USB)",
                NEXT + "host_network: true\nusb: true\n");
        assertRefused(
                Optional.of("app_configuration_invalid_error"),
                "App local_sample has invalid options: Missing option 'colour' in root in Sample (local_sample). Got"
                        + " {'greeting': 'hello'}. While it is stopped it can be updated all the same",
                NEXT.replace("{greeting: str}", "{greeting: str, colour: str}"));
        assertIs(home, "1.0", AppState.STARTED);
    }

    @Test
    void optionsThatDoNotFitTheNewSchemaStopNoUpdateOfAStoppedApp() {
        home.install(SAMPLE);
        home.update.update(
                AppsHome.offer(NEXT.replace("{greeting: str}", "{greeting: str, colour: str}")), "amd64", false);
        assertIs(home, "2.0", AppState.STOPPED);
        assertThrows(ApiFailure.BadRequest.class, () -> home.apps.start(SLUG));
    }

    @Test
    void aSecondOperationIsRefusedMeanwhile() {
        home.run();
        List<String> refusals = new ArrayList<>();
        home.cluster.before("scale", () -> {
            Thread other = Thread.ofVirtual()
                    .start(() -> refusals.add(assertThrows(ApiFailure.BadRequest.class, () -> home.update("3.0"))
                            .getMessage()));
            Eventually.ends(other);
        });
        home.update("2.0");
        assertEquals(List.of("Another job is running for job group app_local_sample"), refusals);
        assertIs(home, "2.0", AppState.STARTED);
    }

    @Test
    void anUpdateThatIsUnderWayIsReadAsItWasWritten() {
        home.install(SAMPLE);
        InstalledApp app = home.file.find(SLUG).orElseThrow();
        InstalledApp marked = app.at(revision(), Optional.of(new AppUpdating(app.revision(), Optional.empty(), true)));
        home.file.put(marked);
        AppsHome next = new AppsHome(share);
        next.file.load();
        assertEquals(marked.user(), next.file.find(SLUG).orElseThrow().user());
        assertEquals("2.0", next.file.find(SLUG).orElseThrow().manifest().version());
    }

    @Test
    void itsEndSolvesTheIssuesOfTheTryBefore() {
        home.run();
        home.awaitIdle(SLUG);
        home.events.clear();
        home.update("2.0");
        assertTrue(home.events.contains(
                new SupervisorEvent.IssueSolved("update_rollback", AppCheck.CONTEXT, Optional.of(SLUG))));
    }

    private static AppRevision revision() {
        return AppRevision.of(AppsHome.manifest(NEXT), "amd64");
    }

    /** That version is installed, all of it, and nothing works on it any more. */
    static void assertIs(AppsHome home, String version, AppState state) {
        assertEquals(version, home.apps.version(SLUG).orElseThrow());
        assertEquals("localhost/sample:" + version, home.image());
        assertEquals(state, home.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(home, version);
        assertFalse(home.jobs.isRunning(Apps.group(SLUG)));
    }

    private void assertRefused(Optional<String> key, String message, String manifest) {
        home.cluster.forgetWrites();
        ApiFailure refusal =
                assertThrows(ApiFailure.class, () -> home.update.update(AppsHome.offer(manifest), "amd64", false));
        assertEquals(message, refusal.getMessage());
        assertEquals(key, refusal.errorKey());
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(
                message,
                assertThrows(
                                ApiFailure.class,
                                () -> home.update.updateInBackground(AppsHome.offer(manifest), "amd64", false))
                        .getMessage());
    }
}
