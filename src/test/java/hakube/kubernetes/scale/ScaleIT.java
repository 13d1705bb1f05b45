package hakube.kubernetes.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ManagedFieldsEntry;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1StatefulSetSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScaleIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static Space space;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("scale");
        real = RealCluster.of(space).watching();
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        space.close();
    }

    private final Cluster cluster = real.port();

    @Test
    void deploymentGetsItsPodAndLosesItAgain() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("app"));

        cluster.scale(Kind.DEPLOYMENT, "app", 1);
        assertTrue(cluster.watched(Kind.POD)
                .await(SOON, pods -> podOf("app").filter(pod -> isRunning(pod)))
                .isPresent());

        cluster.scale(Kind.DEPLOYMENT, "app", 0);
        assertTrue(cluster.watched(Kind.POD)
                .await(SOON, pods -> podOf("app").isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent());
    }

    @Test
    void statefulSetIsScaledToo() {
        cluster.apply(Kind.STATEFUL_SET, statefulSet("core"));

        cluster.scale(Kind.STATEFUL_SET, "core", 1);

        assertTrue(cluster.watched(Kind.POD)
                .await(SOON, pods -> pods.find("core-0").filter(ScaleIT::isRunning))
                .isPresent());
    }

    @Test
    void countIsHeldByAManagerOfItsOwn() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("managed"));

        cluster.scale(Kind.DEPLOYMENT, "managed", 1);

        assertTrue(cluster.read(Kind.DEPLOYMENT, "managed").orElseThrow().getMetadata().getManagedFields().stream()
                .filter(entry -> Cluster.SCALE_MANAGER.equals(entry.getManager()))
                .map(V1ManagedFieldsEntry::getSubresource)
                .anyMatch("scale"::equals));
    }

    @Test
    void absentObjectIsNotFound() {
        ApiFailure failure = assertThrows(ApiFailure.NotFound.class, () -> cluster.scale(Kind.DEPLOYMENT, "absent", 1));

        assertTrue(failure.getMessage().contains("absent"), failure.getMessage());
        assertEquals(404, failure.status());
    }

    private Optional<V1Pod> podOf(String app) {
        return cluster.watched(Kind.POD).all().stream()
                .filter(pod -> app.equals(pod.getMetadata().getLabels().get("app")))
                .findFirst();
    }

    private static boolean isRunning(V1Pod pod) {
        return "Running".equals(pod.getStatus().getPhase());
    }

    private static V1StatefulSet statefulSet(String name) {
        return new V1StatefulSet()
                .metadata(Sample.metadata(name))
                .spec(new V1StatefulSetSpec()
                        .replicas(0)
                        .serviceName(name)
                        .selector(new V1LabelSelector().matchLabels(Map.of("app", name)))
                        .template(Sample.template(name)));
    }
}
