package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kubernetes.client.openapi.models.V1ContainerState;
import io.kubernetes.client.openapi.models.V1ContainerStateRunning;
import io.kubernetes.client.openapi.models.V1ContainerStateWaiting;
import io.kubernetes.client.openapi.models.V1ContainerStatus;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodCondition;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class PodProgressTest {

    private final V1Pod pod = new V1Pod();

    @Test
    void aStartGoesUpStepByStep() {
        assertEquals(10, progress());
        pod.setStatus(new V1PodStatus());
        assertEquals(10, progress());

        condition("Initialized", "True");
        assertEquals(10, progress(), "without a node nothing is prepared");
        condition("PodScheduled", "False");
        assertEquals(10, progress());

        pod.setStatus(new V1PodStatus());
        condition("PodScheduled", "True");
        assertEquals(20, progress());
        condition("Initialized", "True");
        assertEquals(40, progress());

        container("sidecar", new V1ContainerState().running(new V1ContainerStateRunning()));
        assertEquals(40, progress());
        container("app", new V1ContainerState().waiting(new V1ContainerStateWaiting()));
        assertEquals(40, progress());
        container("app", new V1ContainerState().running(new V1ContainerStateRunning()));
        assertEquals(80, progress());
    }

    private double progress() {
        return PodProgress.of(pod, "app");
    }

    private void condition(String type, String status) {
        pod.getStatus().addConditionsItem(new V1PodCondition().type(type).status(status));
    }

    private void container(String name, V1ContainerState state) {
        pod.getStatus()
                .setContainerStatuses(List.of(new V1ContainerStatus().name(name).state(state)));
    }
}
