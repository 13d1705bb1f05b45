package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.SupervisorEvent;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An app runs; then the kubelet reports something of its pod. */
class AppWatchTest {

    private static final String END = "scale deployments/" + NAME + " 0";

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void running() {
        home = new AppsHome(share).wake();
        home.install(SAMPLE);
        home.cluster.autoRun();
        home.apps.start(SLUG);
        home.cluster.forgetWrites();
    }

    @Test
    void anEndWithCodeZeroIsStopped() {
        seen(TestPods.ended(SLUG, 0));
        awaitEnd();
        assertEquals(List.of(END), home.cluster.writes());
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
    }

    @Test
    void anotherCodeIsKeptAndAnError() {
        seen(TestPods.ended(SLUG, 42));
        awaitEnd();
        assertEquals(List.of("annotate deployments/" + NAME, END), home.cluster.writes());
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertEquals("42", home.deployment(NAME).getMetadata().getAnnotations().get(Labels.EXIT_CODE));
        assertTrue(home.events.contains(new SupervisorEvent.AppStateChanged(SLUG, "error")), home.events.toString());
    }

    @Test
    void aContainerThatTheKubeletHasStartedAgainIsEndedToo() {
        seen(TestPods.restarted(TestPods.running(SLUG), 1, TestPods.ended(1)));
        awaitEnd();
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
    }

    @Test
    void aCodeOfAnotherContainerIsNotTheApps() {
        // TestPods' other container has ended with 0.
        seen(TestPods.running(SLUG));
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void withTheWatchdogACrashIsLeftToTheKubelet(int restarts) {
        watchdog();
        seen(TestPods.restarted(TestPods.ended(SLUG, 1), restarts, TestPods.ended(1)));
        assertGoesOn();
        seen(TestPods.restarted(backingOff(), restarts, TestPods.ended(1)));
        assertGoesOn();
    }

    @Test
    void withTheWatchdogACrashAfterFiveRestartsIsTheEnd() {
        watchdog();
        seen(TestPods.restarted(backingOff(), 5, TestPods.ended(9)));
        awaitEnd();
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertEquals("9", home.deployment(NAME).getMetadata().getAnnotations().get(Labels.EXIT_CODE));
    }

    @Test
    void withTheWatchdogAnAppThatIsUpAgainGoesOnHoweverOftenItCrashed() {
        watchdog();
        seen(TestPods.restarted(TestPods.running(SLUG), 7, TestPods.ended(1)));
        assertGoesOn();
    }

    @Test
    void withTheWatchdogAnEndWithCodeZeroIsStoppedAllTheSame() {
        watchdog();
        seen(TestPods.restarted(TestPods.running(SLUG), 1, TestPods.ended(0)));
        awaitEnd();
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unknown", "ContainerStatusUnknown"})
    void aRestartOfTheNodeIsNoEndOfTheProcess(String reason) {
        V1ContainerState lost = TestPods.ended(255);
        lost.getTerminated().setReason(reason);
        seen(TestPods.restarted(
                TestPods.with(TestPods.pending(SLUG), new V1ContainerState().running(new V1ContainerStateRunning())),
                1,
                lost));
        assertGoesOn();
    }

    @Test
    void aPodThatItsNodeGaveUpIsLeftToItsDeployment() {
        V1Pod evicted = TestPods.ended(SLUG, 137);
        evicted.getStatus().phase("Failed").reason("Evicted");
        seen(evicted);
        assertGoesOn();
    }

    @Test
    void aPodOnItsWayOutTellsNothing() {
        seen(TestPods.leaving(TestPods.ended(SLUG, 1)));
        assertGoesOn();
    }

    @Test
    void afterAWantedStopTheCodeIsIgnored() {
        home.cluster.onWrite(write -> {
            if (write.equals(END)) {
                seen(TestPods.ended(SLUG, 143));
                home.cluster.remove(Kind.POD, NAME + "-pod");
            }
        });
        home.apps.stop(SLUG);
        home.watch.look(SLUG);
        assertEquals(List.of(END), home.cluster.writes());
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
    }

    @Test
    void whatEndsDuringAnUpdateInTheBackgroundIsEndedAfterIt() {
        home.told.listen(event -> {
            if (event instanceof SupervisorEvent.JobChanged(Map<String, Object> job)
                    && Boolean.TRUE.equals(job.get("done"))) {
                seen(TestPods.ended(SLUG, 42));
                AppsHome.await("a look in vain", home.watch::isIdle);
            }
        });
        home.update.updateInBackground(AppsHome.offer(SAMPLE.replace("\"1.0\"", "\"2.0\"")), "amd64", false);
        AppsHome.await("the update", () -> home.apps.version(SLUG).orElseThrow().equals("2.0"));
        awaitEnd();
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertEquals(0, home.deployment(NAME).getSpec().getReplicas());
    }

    @Test
    void whatRunsOnceKeepsItsCodeAndItsDeploymentAsItIs() {
        String once = SAMPLE.replace("slug: sample", "slug: once") + "startup: once\nports: {}\n";
        home.install(once.replace("ports: {7/tcp: 7, 7/udp: 7}\n", ""));
        home.cluster.onWrite(write -> {
            if (write.equals("create jobs/local-once")) {
                home.cluster.put(Kind.POD, TestPods.ofJob(TestPods.running("local_once")));
            }
        });
        home.apps.start("local_once");
        home.cluster.forgetWrites();
        home.cluster.put(Kind.POD, TestPods.ofJob(TestPods.ended("local_once", 5)));
        AppsHome.await("the code kept", () -> AppStates.exitCode(home.deployment("local-once")) == 5);
        home.awaitIdle("local_once");
        home.watch.look("local_once");
        assertEquals(List.of("annotate deployments/local-once"), home.cluster.writes());
        assertEquals(AppState.ERROR, home.apps.state("local_once"));
    }

    @Test
    void whatEndedWhileNobodyWatchedIsSeenAtTheNextStart() {
        AppsHome blind = new AppsHome(share.resolve("blind"));
        blind.install(SAMPLE);
        blind.cluster.autoRun();
        blind.apps.start(SLUG);
        blind.cluster.put(Kind.POD, TestPods.ended(SLUG, 6));

        AppsHome next = new AppsHome(blind.share, blind.cluster).wake();
        AppsHome.await(
                "scaled to nothing", () -> next.deployment(NAME).getSpec().getReplicas() == 0);
        next.awaitIdle(SLUG);
        assertEquals(AppState.ERROR, next.apps.state(SLUG));
    }

    private void seen(V1Pod pod) {
        home.cluster.put(Kind.POD, pod);
    }

    private void awaitEnd() {
        AppsHome.await(
                "scaled to nothing", () -> home.deployment(NAME).getSpec().getReplicas() == 0);
        home.awaitIdle(SLUG);
        AppsHome.await("no pod", () -> home.board.pods(SLUG).isEmpty());
    }

    /** Asked on this thread, so that no later answer can come. */
    private void assertGoesOn() {
        home.watch.look(SLUG);
        home.awaitIdle(SLUG);
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(1, home.deployment(NAME).getSpec().getReplicas());
    }

    private void watchdog() {
        home.apps.change(SLUG, user -> user.withFlags(new UserLayer.Flags(false, true, false, true, false)));
    }

    private static V1Pod backingOff() {
        return TestPods.with(
                TestPods.pending(SLUG),
                new V1ContainerState().waiting(new V1ContainerStateWaiting().reason("CrashLoopBackOff")));
    }
}
