package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeClusterTest {

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void scaledDeploymentGetsARunningPodAndLosesItAgain() {
        cluster.autoRun();
        cluster.apply(Kind.DEPLOYMENT, deployment().spec(spec().replicas(0)));
        cluster.scale(Kind.DEPLOYMENT, "sample", 1);

        V1Pod pod = cluster.watched(Kind.POD).all().getFirst();
        assertEquals("Running", pod.getStatus().getPhase());
        assertEquals(
                1,
                cluster.watched(Kind.DEPLOYMENT)
                        .find("sample")
                        .orElseThrow()
                        .getStatus()
                        .getReadyReplicas());

        cluster.scale(Kind.DEPLOYMENT, "sample", 0);
        assertEquals(List.of(), cluster.watched(Kind.POD).all());
        assertEquals(
                List.of("apply deployments/sample", "scale deployments/sample 1", "scale deployments/sample 0"),
                cluster.writes());
    }

    @Test
    void applyKeepsWhatOthersSetAndTakesBackItsOwn() {
        cluster.apply(Kind.DEPLOYMENT, deployment().spec(spec().replicas(0).progressDeadlineSeconds(60)));
        cluster.annotate(Kind.DEPLOYMENT, "sample", Map.of("kept", "yes"));
        cluster.scale(Kind.DEPLOYMENT, "sample", 1);

        V1Deployment stored = cluster.apply(Kind.DEPLOYMENT, deployment().spec(spec()));

        assertEquals(1, stored.getSpec().getReplicas());
        assertEquals(null, stored.getSpec().getProgressDeadlineSeconds());
        assertEquals(Map.of("kept", "yes"), stored.getMetadata().getAnnotations());
    }

    @Test
    void deploymentAppliedWithoutACountStartsAtOne() {
        assertEquals(
                1,
                cluster.apply(Kind.DEPLOYMENT, deployment().spec(spec()))
                        .getSpec()
                        .getReplicas());
    }

    @Test
    void secondWriterMakesASwapFail() {
        V1ConfigMap first = cluster.apply(Kind.CONFIG_MAP, map("one"));
        cluster.before("swap", () -> cluster.put(Kind.CONFIG_MAP, map("two")));

        V1ConfigMap late = map("three");
        late.getMetadata().setResourceVersion(first.getMetadata().getResourceVersion());

        assertThrows(Cluster.Changed.class, () -> cluster.swap(Kind.CONFIG_MAP, late));
        assertEquals(
                "two",
                cluster.read(Kind.CONFIG_MAP, "ports").orElseThrow().getData().get("key"));
    }

    @Test
    void failuresComeAsAsked() {
        ApiFailure away = ApiFailure.Unavailable.cluster("away", null);
        cluster.failNext(away);
        assertSame(away, assertThrows(ApiFailure.class, () -> cluster.apply(Kind.CONFIG_MAP, map("one"))));
        cluster.apply(Kind.CONFIG_MAP, map("one"));

        cluster.failOn("apply configmaps", new ApiFailure.MissingPermission("patch", "configmaps"));
        assertThrows(ApiFailure.MissingPermission.class, () -> cluster.apply(Kind.CONFIG_MAP, map("two")));
        assertTrue(cluster.watched(Kind.CONFIG_MAP).find("ports").isPresent());
        cluster.recover();
        cluster.apply(Kind.CONFIG_MAP, map("two"));
    }

    @Test
    void listenersAreToldInOrderBeforeTheWriteReturns() {
        List<String> told = new ArrayList<>();
        cluster.watched(Kind.CONFIG_MAP)
                .onChange(change -> told.add(
                        switch (change) {
                            case Watched.Change.Present<V1ConfigMap> now ->
                                now.object().getData().get("key");
                            case Watched.Change.Gone<V1ConfigMap> gone -> "gone";
                        }));

        cluster.apply(Kind.CONFIG_MAP, map("one"));
        cluster.apply(Kind.CONFIG_MAP, map("two"));
        cluster.delete(Kind.CONFIG_MAP, "ports");

        assertEquals(List.of("one", "two", "gone"), told);
    }

    private static V1ConfigMap map(String value) {
        return new V1ConfigMap()
                .metadata(new V1ObjectMeta().name("ports").putLabelsItem(Labels.MANAGED, "true"))
                .putDataItem("key", value);
    }

    private static V1Deployment deployment() {
        return new V1Deployment().metadata(new V1ObjectMeta().name("sample").putLabelsItem(Labels.MANAGED, "true"));
    }

    private static V1DeploymentSpec spec() {
        Map<String, String> labels = Map.of("app", "sample", Labels.MANAGED, "true");
        return new V1DeploymentSpec()
                .selector(new V1LabelSelector().matchLabels(Map.of("app", "sample")))
                .template(new V1PodTemplateSpec()
                        .metadata(new V1ObjectMeta().labels(labels))
                        .spec(new V1PodSpec()
                                .addContainersItem(
                                        new V1Container().name("addon").image("localhost/sample:1"))));
    }
}
