package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.kubernetes.Kind;
import hakube.resolution.Issue;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateTerminated;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nodes do to apps becomes an issue, and is none when it is over. */
class AppTroublesTest {

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void anAppRuns() {
        home = new AppsHome(share).wake();
        home.run();
        home.cluster.stopAutoRun();
    }

    @Test
    void anEndForWantOfMemoryIsToldUntilAPodRunsThatHasNone() {
        home.apps.change(SLUG, user -> user.withFlags(new UserLayer.Flags(false, true, false, true, false)));
        V1Pod pod = killed(1);
        home.cluster.put(Kind.POD, pod);
        assertEquals(List.of("app_out_of_memory local_sample"), open());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));

        Issue issue = home.issues.open().getFirst();
        home.issues.solve(issue.type(), issue.context(), issue.reference());
        home.cluster.put(Kind.POD, pod);
        assertEquals(List.of(), open(), "what a person has dismissed does not come back by itself");
        home.cluster.put(Kind.POD, killed(2));
        assertEquals(List.of("app_out_of_memory local_sample"), open(), "but another end is another one");

        home.cluster.put(Kind.POD, TestPods.running(SLUG));
        assertEquals(List.of(), open());
    }

    @Test
    void anAppThatStaysDownForItIsToldUntilItIsStarted() {
        V1Pod pod = TestPods.with(TestPods.pending(SLUG), outOfMemory());
        pod.getMetadata().name(NAME + "-pod");
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 0")) {
                home.cluster.remove(Kind.POD, NAME + "-pod");
            }
        });
        home.cluster.put(Kind.POD, pod);
        AppsHome.await("the end of the app", () -> home.board.pods(SLUG).isEmpty());
        home.awaitIdle(SLUG);
        assertEquals(AppState.ERROR, home.apps.state(SLUG));
        assertEquals(List.of("app_out_of_memory local_sample"), open());

        home.cluster.autoRun();
        home.apps.start(SLUG);
        assertEquals(List.of(), open());
    }

    @Test
    void anEvictionIsToldUntilTheAppRunsAgain() {
        V1Pod pod = evicted();
        home.cluster.put(Kind.POD, pod);
        assertEquals(List.of("app_evicted local_sample"), open());
        home.cluster.put(Kind.POD, TestPods.born(TestPods.running(SLUG), 9));
        assertEquals(List.of(), open(), "whatever the old pod still tells");
    }

    @Test
    void theNextSupervisorTellsAgainWhatIsStillThere() {
        home.cluster.put(Kind.POD, evicted());
        AppsHome next = new AppsHome(share, home.cluster).wake();
        assertEquals(
                List.of("app_evicted"),
                next.issues.open().stream().map(Issue::type).toList());
    }

    @Test
    void withTheAppItsIssuesGo() {
        home.cluster.put(Kind.POD, evicted());
        assertEquals(1, open().size());
        home.cluster.onWrite(write -> {
            if (write.equals("scale deployments/" + NAME + " 0")) {
                home.cluster.remove(Kind.POD, NAME + "-pod");
            }
        });
        home.apps.uninstall(SLUG, false);
        assertEquals(List.of(), open());
    }

    @Test
    void theExplanationNamesContainerAndLimit() {
        V1Pod pod = killed(1);
        assertEquals(
                Optional.of("container addon was ended, it wanted more memory than its node had"),
                PodTroubles.outOfMemory(pod));
        pod.spec(new V1PodSpec()
                .addContainersItem(new V1Container()
                        .name("addon")
                        .resources(
                                new V1ResourceRequirements().limits(Map.of("memory", Quantity.fromString("256Mi"))))));
        assertEquals(
                Optional.of("container addon was ended, it wanted more memory than its limit of 256Mi"),
                PodTroubles.outOfMemory(pod));
        assertEquals(Optional.empty(), PodTroubles.outOfMemory(TestPods.ended(SLUG, 137)));
        assertEquals(Optional.of("The node was low on resource: memory."), PodTroubles.eviction(evicted()));
    }

    @Test
    void aLimitOfTheRegistryIsOverWhenTheLastAppHasItsImage() {
        V1Pod limited = TestPods.waiting(SLUG, "ErrImagePull");
        limited.getMetadata().name(NAME + "-pod");
        limited.getStatus()
                .getContainerStatuses()
                .getLast()
                .getState()
                .getWaiting()
                .message("toomanyrequests: You have reached your pull rate limit");
        home.cluster.put(Kind.POD, limited);
        assertEquals(List.of("missing_image local_sample", "docker_ratelimit null"), open());
        home.cluster.put(Kind.POD, TestPods.running(SLUG));
        assertEquals(List.of(), open());
    }

    private List<String> open() {
        return home.issues.open().stream()
                .map(issue -> issue.type() + " " + issue.reference())
                .toList();
    }

    /** Runs again after an end for want of memory. */
    private static V1Pod killed(int restarts) {
        return TestPods.restarted(TestPods.running(SLUG), restarts, outOfMemory());
    }

    private static V1ContainerState outOfMemory() {
        return new V1ContainerState()
                .terminated(new V1ContainerStateTerminated().exitCode(137).reason("OOMKilled"));
    }

    private static V1Pod evicted() {
        V1Pod pod = TestPods.pending(SLUG);
        pod.getStatus().phase("Failed").reason("Evicted").message("The node was low on resource: memory.");
        return pod;
    }
}
