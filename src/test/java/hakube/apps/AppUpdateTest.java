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
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import hakube.testing.Eventually;
import io.kubernetes.client.openapi.models.V1Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    /** What the template in the cluster runs. */
    static String image(AppsHome home) {
        return home.deployment(NAME).getSpec().getTemplate().getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(AppWorkload.CONTAINER))
                .findFirst()
                .orElseThrow()
                .getImage();
    }

    @Test
    void whatRunsIsStoppedBeforeItsTemplateChangesAndStartedWithANewToken() {
        running();
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
        assertIs("2.0", AppState.STARTED);
        assertNotEquals(before, home.token(NAME));
    }

    @Test
    void whatIsStoppedStaysStopped() {
        home.cluster.autoRun();
        home.install(SAMPLE);
        home.update("2.0");
        assertIs("2.0", AppState.STOPPED);
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
        assertIs("2.0", AppState.STOPPED);
    }

    @Test
    void whatTheUserChoseStays() throws IOException {
        running();
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
        assertIs("2.0", AppState.STARTED);
    }

    @Test
    void theNewVersionsRightsCountAsSoonAsItStarts() {
        running();
        List<String> versions = new ArrayList<>();
        home.cluster.onWrite(write -> {
            if (write.endsWith(" 1")) {
                versions.add(home.apps.version(SLUG).orElseThrow());
            }
        });
        home.update("2.0");
        assertEquals(List.of("2.0"), versions);
    }

    // --- refusals ---

    @Test
    void whatIsKnownBeforehandEndsWithoutAWrite() {
        assertRefused(Optional.empty(), "App local_sample is not installed", NEXT);
        running();
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
        assertIs("1.0", AppState.STARTED);
    }

    @Test
    void optionsThatDoNotFitTheNewSchemaStopNoUpdateOfAStoppedApp() {
        home.install(SAMPLE);
        home.update.update(
                AppsHome.offer(NEXT.replace("{greeting: str}", "{greeting: str, colour: str}")), "amd64", false);
        assertIs("2.0", AppState.STOPPED);
        assertThrows(ApiFailure.BadRequest.class, () -> home.apps.start(SLUG));
    }

    @Test
    void aSecondOperationIsRefusedMeanwhile() {
        running();
        List<String> refusals = new ArrayList<>();
        home.cluster.before("scale", () -> {
            Thread other = Thread.ofVirtual()
                    .start(() -> refusals.add(assertThrows(ApiFailure.BadRequest.class, () -> home.update("3.0"))
                            .getMessage()));
            Eventually.ends(other);
        });
        home.update("2.0");
        assertEquals(List.of("Another job is running for job group app_local_sample"), refusals);
        assertIs("2.0", AppState.STARTED);
    }

    // --- the way back ---

    @Test
    void whatDoesNotStartIsTakenBack() {
        pods(image -> image.endsWith(":2.0") ? TestPods.waiting(SLUG, "ErrImagePull") : TestPods.running(SLUG));
        startedByPods();
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.update("2.0"));
        assertEquals(
                "The update of app local_sample to 2.0 failed: ErrImagePull: because. Version 1.0 runs again",
                failure.getMessage());
        assertIs("1.0", AppState.STARTED);
        assertEquals(List.of("update_rollback ErrImagePull: because"), updateIssues());
    }

    @Test
    void forAPortThatAnotherAppHasNothingIsStopped() {
        home.install(SAMPLE.replace("slug: sample", "slug: other").replace("{7/tcp: 7, 7/udp: 7}", "{8/tcp: 8}"));
        running();
        home.apps.start("local_other");
        home.cluster.forgetWrites();
        ApiFailure failure = assertThrows(
                ApiFailure.BadRequest.class,
                () -> home.update.update(
                        AppsHome.offer(NEXT.replace("{7/tcp: 7, 7/udp: 7}", "{7/tcp: 8}")), "amd64", false));
        assertEquals(
                "App local_sample cannot have port 8/tcp of the internal address: local_other has it",
                failure.getMessage());
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(List.of(), home.issues.open());
        assertIs("1.0", AppState.STARTED);
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
        assertEquals("localhost/sample:1.0", image(home));
        assertEquals(2, updateIssues().size());

        broken.clear();
        home.awaitIdle(SLUG);
        AppsHome next = new AppsHome(share, home.cluster).wake();
        assertEquals(AppState.STARTED, next.apps.state(SLUG));
        AppRecoveryTest.assertIsOneVersion(next, "started again");
    }

    @Test
    void whoeverStopsTheAppMeanwhileIsNotOverruledByTheNextStart() {
        running();
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
        running();
        home.awaitIdle(SLUG);
        home.events.clear();
        home.update("2.0");
        assertTrue(home.events.contains(
                new SupervisorEvent.IssueSolved("update_rollback", AppCheck.CONTEXT, Optional.of(SLUG))));
    }

    private static AppRevision revision() {
        return AppRevision.of(AppsHome.manifest(NEXT), "amd64");
    }

    private void running() {
        home.cluster.autoRun();
        home.install(SAMPLE);
        home.apps.start(SLUG);
    }

    private void startedByPods() {
        home.install(SAMPLE);
        home.apps.start(SLUG);
        assertIs("1.0", AppState.STARTED);
    }

    /** A kubelet that makes of an image what {@code made} says. */
    private void pods(Function<String, V1Pod> made) {
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 1")) {
                home.cluster.put(Kind.POD, made.apply(image(home)));
            } else if (write.equals("scale deployments/" + NAME + " 0")) {
                home.cluster.remove(Kind.POD, NAME + "-pod");
            }
        });
    }

    private void assertIs(String version, AppState state) {
        assertEquals(version, home.apps.version(SLUG).orElseThrow());
        assertEquals("localhost/sample:" + version, image(home));
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

    private List<String> updateIssues() {
        return home.events.stream()
                .filter(SupervisorEvent.IssueFound.class::isInstance)
                .map(SupervisorEvent.IssueFound.class::cast)
                .filter(issue -> issue.type().startsWith("update_"))
                .map(issue -> issue.type() + " " + issue.explanation())
                .toList();
    }
}
