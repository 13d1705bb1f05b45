package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.testing.ControlPlane;
import hakube.testing.Rights;
import hakube.testing.Rights.Right;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.CoreV1Event;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The Event about ignored settings, before the API server that has the last word on it. */
class IgnoredEventIT {

    private static final List<String> IGNORED = List.of("udev", "realtime");

    private final AppWorkload workload = WorkloadCase.named("ignored").workload();

    private Space space;
    private RealCluster real;
    private Cluster cluster;

    @BeforeEach
    void reach() throws Exception {
        space = ControlPlane.namespace("ignored");
        real = RealCluster.of(space).watching();
        cluster = real.port();
    }

    @AfterEach
    void leave() throws Exception {
        real.close();
        space.close();
    }

    @Test
    void isRecordedOnTheDeploymentOnce() {
        AppObjects objects = new AppObjects(cluster);

        V1Deployment deployment = objects.applyStopped(workload, IGNORED);
        objects.applyForStart(workload, IGNORED);
        objects.applyForStart(workload, IGNORED);

        List<CoreV1Event> events = events();
        assertEquals(1, events.size());
        assertEquals(
                "App local_ignored 1 sets what has no effect on Kubernetes: udev, realtime",
                events.getFirst().getMessage());
        assertEquals(
                deployment.getMetadata().getUid(),
                events.getFirst().getInvolvedObject().getUid());
    }

    @Test
    void withoutTheRightNothingButTheEventIsMissing() throws Exception {
        Rights.withhold(space, new Right("", "events", "create"));

        new AppObjects(cluster).applyForStart(workload, IGNORED);

        assertEquals(List.of(), events());
        assertTrue(cluster.read(Kind.DEPLOYMENT, "local-ignored").isPresent());
    }

    private List<CoreV1Event> events() {
        return cluster.list(Kind.EVENT, "").stream()
                .filter(event -> IgnoredEvent.REASON.equals(event.getReason()))
                .toList();
    }
}
