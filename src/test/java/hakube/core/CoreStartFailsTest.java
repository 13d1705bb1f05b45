package hakube.core;

import static hakube.core.InstalledCore.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1ObjectReference;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a start ends that does not bring Core up. */
class CoreStartFailsTest {

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
    void aDecidedFailureEndsTheStartAtOnceWithThePodsOwnReason() {
        home.onScale(() -> SamplePod.waiting(cluster, "ImagePullBackOff", "Back-off pulling image \"localhost/core\""));
        assertEquals(
                "Home Assistant did not start: ImagePullBackOff: Back-off pulling image \"localhost/core\"",
                assertThrows(ApiFailure.BadRequest.class, core::start).getMessage());
    }

    @Test
    void aCrashNamesItsExitCode() {
        home.onScale(() -> SamplePod.crashing(cluster, 7));
        assertEquals(
                "Home Assistant did not start: CrashLoopBackOff: back-off 10s restarting failed container (exit code 7)",
                assertThrows(ApiFailure.BadRequest.class, core::start).getMessage());
    }

    @Test
    void aPodThatIsStuckIsReplacedByTheNextStart() {
        Runnable first = home.onScale(() -> SamplePod.waiting(cluster, "ErrImagePull", "no such image"));
        assertThrows(ApiFailure.BadRequest.class, core::start);
        String stuck = home.uid();
        first.run();
        core.start();
        assertNotEquals(stuck, home.uid());
        assertTrue(core.pod().map(PodFault::isReady).orElse(false));
    }

    @Test
    void aStartEndsWithItsTimeAndSaysWhatThePodSays() {
        Core hasty = home.again(Duration.ofMillis(200)).core;
        home.onScale(() -> SamplePod.unschedulable(cluster, "0/1 nodes are available"));
        assertEquals(
                "Home Assistant did not start: it is not ready after 0 s: Unschedulable: 0/1 nodes are available",
                assertThrows(ApiFailure.BadRequest.class, hasty::start).getMessage());
    }

    @Test
    void whereThereIsNoPodTheEventsSayWhy() {
        FakeCluster idle = new FakeCluster();
        Core slow = new CoreRoom(idle, settings(share.resolve("idle"), Duration.ofMillis(200))).core;
        slow.install();
        idle.put(
                Kind.EVENT,
                new CoreV1Event()
                        .metadata(new V1ObjectMeta().name("event"))
                        .type("Warning")
                        .reason("FailedCreate")
                        .message("exceeded quota: pods")
                        .involvedObject(
                                new V1ObjectReference().kind("StatefulSet").name("homeassistant")));
        String said = assertThrows(ApiFailure.BadRequest.class, slow::start).getMessage();
        assertTrue(said.endsWith("FailedCreate: exceeded quota: pods"), said);
    }
}
