package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.kubernetes.Cluster;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContainerStatsTest {

    private static final String ADDON = "addon";

    @Test
    void memoryIsHeldAgainstTheLimitOfTheAppsContainer() {
        V1Pod pod = pod(new V1ResourceRequirements().limits(Map.of("memory", Quantity.fromString("1Mi"))));
        ContainerStats stats = ContainerStats.of(pod, ADDON, Optional.of(new Cluster.Usage(0.5, 1 << 19)));
        assertEquals(new ContainerStats(50, 524_288, 1_048_576, 50, 0, 0, 0, 0), stats);
    }

    @Test
    void withoutALimitThereIsNoPercentage() {
        V1Pod pod = pod(new V1ResourceRequirements().limits(Map.of("cpu", Quantity.fromString("1"))));
        ContainerStats stats = ContainerStats.of(pod, ADDON, Optional.of(new Cluster.Usage(0.005, 7)));
        assertEquals(new ContainerStats(0.5, 7, 0, 0, 0, 0, 0, 0), stats);
    }

    private static V1Pod pod(V1ResourceRequirements resources) {
        return new V1Pod()
                .spec(new V1PodSpec()
                        .addContainersItem(new V1Container().name("ingress-relay"))
                        .addContainersItem(new V1Container().name(ADDON).resources(resources)));
    }
}
