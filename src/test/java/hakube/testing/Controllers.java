package hakube.testing;

import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Whether controllers, scheduler and simulated node do their work; the garbage collector comes back later still. */
final class Controllers {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String NAME = "controllers-work";

    private Controllers() {}

    /** Has a pod made and run; about a second when all is well. The namespace is not good for anything else then. */
    static void awaitWork(Space space) throws IOException, ApiException {
        new AppsV1Api(space.client())
                .createNamespacedDeployment(space.name(), probe())
                .execute();
        Eventually.holds("a pod of a new Deployment runs", LIMIT, () -> pods(space).stream()
                .anyMatch(Controllers::isRunning));
    }

    private static List<V1Pod> pods(Space space) throws ApiException {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name())
                .labelSelector("app=" + NAME)
                .execute()
                .getItems();
    }

    private static boolean isRunning(V1Pod pod) {
        return "Running".equals(pod.getStatus().getPhase());
    }

    private static V1Deployment probe() {
        Map<String, String> labels = Map.of("app", NAME);
        return new V1Deployment()
                .metadata(new V1ObjectMeta().name(NAME))
                .spec(new V1DeploymentSpec()
                        .replicas(1)
                        .selector(new V1LabelSelector().matchLabels(labels))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(labels))
                                .spec(new V1PodSpec()
                                        .terminationGracePeriodSeconds(0L)
                                        .addContainersItem(
                                                new V1Container().name("probe").image("localhost/probe:1")))));
    }
}
