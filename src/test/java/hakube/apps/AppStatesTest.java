package hakube.apps;

import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentCondition;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1DeploymentStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppStatesTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource(AppState.class)
    void whileTheLastPodEndsTheStateBeforeLasts(AppState before) {
        AppStates.Seen seen =
                AppStates.of(Optional.of(scaledTo(0)), List.of(TestPods.leaving(TestPods.running(SLUG))), before, NOW);
        assertEquals(before, seen.state());
    }

    @Test
    void scaledToNothingIsStopped() {
        assertEquals(AppState.STOPPED, state(scaledTo(0)));
    }

    @ParameterizedTest
    @CsvSource({"0,STOPPED", "1,ERROR", "137,ERROR", "-1,ERROR", "nonsense,STOPPED"})
    void scaledToNothingTellsHowTheLastRunEnded(String code, AppState expected) {
        V1Deployment deployment = scaledTo(0);
        deployment.getMetadata().putAnnotationsItem(Labels.EXIT_CODE, code);
        assertEquals(expected, state(deployment));
    }

    @Test
    void aPodThatItsNodeGaveUpDoesNotHideThatTheAppIsStopped() {
        V1Pod evicted = TestPods.pending(SLUG);
        evicted.getStatus().phase("Failed").reason("Evicted");
        assertEquals(
                AppState.STOPPED,
                AppStates.of(Optional.of(scaledTo(0)), List.of(evicted), AppState.STARTED, NOW)
                        .state());
    }

    @Test
    void aContainerBeforeItThatDoesNotRunIsItsError() {
        V1Pod pod = TestPods.pending(SLUG);
        pod.getStatus()
                .addInitContainerStatusesItem(new V1ContainerStatus()
                        .name("ingress-address")
                        .image("localhost/relay")
                        .state(new V1ContainerState()
                                .waiting(new V1ContainerStateWaiting()
                                        .reason("CrashLoopBackOff")
                                        .message("back-off"))));
        AppStates.Seen seen = AppStates.of(Optional.of(scaledTo(1)), List.of(pod), AppState.STOPPED, NOW);
        assertEquals(AppState.ERROR, seen.state());
        assertEquals("ingress-address, which comes before it, does not run: CrashLoopBackOff: back-off", seen.reason());
        assertEquals(
                Optional.of(
                        new AppStates.Waiting("ingress-address", "localhost/relay", "CrashLoopBackOff", "back-off")),
                seen.waiting());
    }

    @Test
    void withoutADeploymentNothingIsKnown() {
        assertEquals(
                AppState.UNKNOWN,
                AppStates.of(Optional.empty(), List.of(), AppState.STARTED, NOW).state());
        assertEquals(
                AppState.UNKNOWN,
                AppStates.of(Optional.empty(), List.of(TestPods.running(SLUG)), AppState.STARTED, NOW)
                        .state());
    }

    @Test
    void withoutAPodItStarts() {
        assertEquals(AppState.STARTUP, state(scaledTo(1)));
    }

    @Test
    void replicasThatAreNotSetAreOne() {
        V1Deployment deployment = scaledTo(1);
        deployment.getSpec().setReplicas(null);
        assertEquals(AppState.STARTUP, state(deployment));
    }

    @Test
    void aPodThatIsRefusedIsAnErrorAndTellsWhy() {
        V1Deployment deployment = scaledTo(1);
        deployment.setStatus(new V1DeploymentStatus()
                .addConditionsItem(new V1DeploymentCondition()
                        .type("ReplicaFailure")
                        .status("True")
                        .message("exceeded quota")));
        AppStates.Seen seen = AppStates.of(Optional.of(deployment), List.of(), AppState.STOPPED, NOW);
        assertEquals(AppState.ERROR, seen.state());
        assertEquals("its pod was refused: exceeded quota", seen.reason());
        assertTrue(seen.isRefused());

        deployment.getStatus().getConditions().getFirst().setStatus("False");
        assertEquals(AppState.STARTUP, state(deployment));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CrashLoopBackOff",
                "ErrImagePull",
                "ImagePullBackOff",
                "InvalidImageName",
                "CreateContainerConfigError",
                "CreateContainerError"
            })
    void aWaitThatLeadsNowhereIsAnErrorAndTellsWhy(String reason) {
        AppStates.Seen seen = seen(TestPods.waiting(SLUG, reason));
        assertEquals(AppState.ERROR, seen.state());
        assertEquals(reason + ": because", seen.reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ContainerCreating", "PodInitializing"})
    void anyOtherWaitIsAStart(String reason) {
        assertEquals(AppState.STARTUP, seen(TestPods.waiting(SLUG, reason)).state());
    }

    @Test
    void aKubeletThatHasNotYetHeardOfASecretTriesAgain() {
        V1Pod pod = TestPods.waiting(SLUG, "CreateContainerConfigError");
        V1ContainerStateWaiting waiting =
                AppStates.container(pod).orElseThrow().getState().getWaiting();
        waiting.setMessage("failed to sync secret cache: timed out waiting for the condition");
        assertEquals(AppState.STARTUP, seen(pod).state());
        waiting.setMessage("secret \"local-sample\" not found");
        assertEquals(AppState.ERROR, seen(pod).state());
    }

    @Test
    void aPodWithoutANodeIsAnErrorOnlyAfterTheDeadline() {
        Instant longAgo = NOW.minus(AppStates.UNSCHEDULABLE).minus(Duration.ofSeconds(1));
        AppStates.Seen late = seen(TestPods.unschedulable(SLUG, longAgo));
        assertEquals(AppState.ERROR, late.state());
        assertTrue(late.reason().contains("0/1 nodes are available"), late.reason());
        assertEquals(
                AppState.STARTUP,
                seen(TestPods.unschedulable(SLUG, longAgo.plusSeconds(2))).state());
    }

    @Test
    void aPendingPodIsAStart() {
        assertEquals(AppState.STARTUP, seen(TestPods.pending(SLUG)).state());
    }

    @Test
    void aRunningContainerIsStarted() {
        assertEquals(AppState.STARTED, seen(TestPods.running(SLUG)).state());
    }

    @ParameterizedTest
    @CsvSource({"0,STOPPED", "1,ERROR", "143,ERROR"})
    void aContainerThatEndedByItselfTellsByItsCode(int code, AppState expected) {
        assertEquals(expected, seen(TestPods.ended(SLUG, code)).state());
    }

    @ParameterizedTest
    @CsvSource({"Failed,ERROR", "Succeeded,STOPPED"})
    void aPodWithoutContainersTellsByItsPhase(String phase, AppState expected) {
        V1Pod pod = TestPods.pending(SLUG);
        pod.getStatus().setPhase(phase);
        assertEquals(expected, seen(pod).state());
    }

    @Test
    void theNewestPodThatStaysCounts() {
        V1Pod old = TestPods.born(TestPods.ended(SLUG, 1), 1);
        V1Pod now = TestPods.born(TestPods.running(SLUG), 2);
        V1Pod last = TestPods.born(TestPods.leaving(TestPods.waiting(SLUG, "ErrImagePull")), 3);
        assertEquals(AppState.STARTED, seen(old, last, now).state());
        assertEquals(AppState.STARTED, seen(now, old).state());
    }

    @Test
    void onlyLeavingPodsAreNone() {
        assertEquals(
                AppState.STARTUP, seen(TestPods.leaving(TestPods.running(SLUG))).state());
    }

    @Test
    void whatRunsOnceIsLookedAtInThePodOfItsJob() {
        assertEquals(AppState.STARTED, once(TestPods.running(SLUG)));
        assertEquals(AppState.STOPPED, once(TestPods.ended(SLUG, 0)));
        assertEquals(AppState.ERROR, once(TestPods.ended(SLUG, 2)));
        assertEquals(AppState.STARTUP, once(TestPods.pending(SLUG)));
    }

    @Test
    void withoutThePodOfAJobTheDeploymentDecides() {
        V1Deployment deployment = scaledTo(0);
        deployment.getMetadata().putAnnotationsItem(Labels.EXIT_CODE, "2");
        assertEquals(AppState.ERROR, state(deployment));
        assertEquals(
                AppState.STARTED,
                AppStates.of(
                                Optional.of(deployment),
                                List.of(TestPods.leaving(TestPods.ofJob(TestPods.ended(SLUG, 2)))),
                                AppState.STARTED,
                                NOW)
                        .state());
    }

    private static AppState once(V1Pod pod) {
        return AppStates.of(Optional.of(scaledTo(0)), List.of(TestPods.ofJob(pod)), AppState.UNKNOWN, NOW)
                .state();
    }

    private static AppStates.Seen seen(V1Pod... pods) {
        return AppStates.of(Optional.of(scaledTo(1)), List.of(pods), AppState.UNKNOWN, NOW);
    }

    private static AppState state(V1Deployment deployment) {
        return AppStates.of(Optional.of(deployment), List.of(), AppState.UNKNOWN, NOW)
                .state();
    }

    private static V1Deployment scaledTo(int replicas) {
        return new V1Deployment()
                .metadata(new V1ObjectMeta().name("local-sample"))
                .spec(new V1DeploymentSpec()
                        .replicas(replicas)
                        .template(new V1PodTemplateSpec().spec(new V1PodSpec())));
    }
}
