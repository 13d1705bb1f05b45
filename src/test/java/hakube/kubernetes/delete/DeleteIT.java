package hakube.kubernetes.delete;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.kubernetes.Watched;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DeleteIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** The cluster's garbage collector takes its time after the API server was away, as it is in other tests. */
    private static final Duration COLLECTED = Duration.ofMinutes(2);

    private static Space space;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("delete");
        real = RealCluster.of(space).watching();
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        space.close();
    }

    private final Cluster cluster = real.port();

    @Test
    void objectIsGone() {
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("gone", "one"));

        cluster.delete(Kind.CONFIG_MAP, "gone");

        assertTrue(cluster.read(Kind.CONFIG_MAP, "gone").isEmpty());
    }

    @Test
    void absentObjectIsFine() {
        cluster.delete(Kind.CONFIG_MAP, "never-there");

        assertTrue(cluster.watched(Kind.CONFIG_MAP).find("never-there").isEmpty());
    }

    @Test
    void podsOfADeletedDeploymentGoInTheBackground() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("owner"));
        cluster.scale(Kind.DEPLOYMENT, "owner", 1);
        assertTrue(cluster.watched(Kind.POD)
                .await(SOON, pods -> owned(pods).findFirst())
                .isPresent());

        cluster.delete(Kind.DEPLOYMENT, "owner");

        assertTrue(cluster.watched(Kind.POD)
                .await(COLLECTED, pods -> owned(pods).findAny().isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent());
    }

    /** Other tests leave pods of their own. */
    private static Stream<V1Pod> owned(Watched<V1Pod> pods) {
        return pods.all().stream().filter(pod -> pod.getMetadata().getName().startsWith("owner-"));
    }

    @Test
    void podThatMustEndFirstStaysInTheCopyUntilItEnded() throws Exception {
        V1ObjectMeta held = Sample.metadata("ending").addFinalizersItem("hakube.test/held");
        // On no node, since a simulated one ends every pod at once, whoever holds it.
        V1PodSpec nowhere = Sample.podSpec().schedulerName("nobody");
        cluster.create(Kind.POD, new V1Pod().metadata(held).spec(nowhere), false);

        cluster.delete(Kind.POD, "ending");

        try {
            assertTrue(cluster.watched(Kind.POD)
                    .find("ending")
                    .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
                    .isPresent());
        } finally {
            letGo("ending");
        }
        assertTrue(cluster.watched(Kind.POD)
                .await(SOON, pods -> pods.find("ending").isEmpty() ? Optional.of(true) : Optional.empty())
                .isPresent());
    }

    private void letGo(String pod) throws ApiException {
        CoreV1Api api = new CoreV1Api(space.client());
        V1Pod held = api.readNamespacedPod(pod, space.name()).execute();
        held.getMetadata().setFinalizers(List.of());
        api.replaceNamespacedPod(pod, space.name(), held).execute();
    }

    @Test
    void nameThatWouldLeadElsewhereIsRefused() {
        cluster.apply(Kind.CONFIG_MAP, Sample.configMap("neighbour", "one"));

        for (String name : List.of("../configmaps/neighbour", "..", ".", "", "neighbour/status", "%2e%2e")) {
            assertThrows(ApiFailure.BadRequest.class, () -> cluster.delete(Kind.CONFIG_MAP, name), name);
        }

        assertFalse(cluster.read(Kind.CONFIG_MAP, "neighbour").isEmpty());
    }
}
