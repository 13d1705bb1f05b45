package hakube.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.reflect.TypeToken;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1Scale;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ControlPlaneIT {
    private static Space space;

    @BeforeAll
    static void makeNamespace() throws IOException, ApiException {
        space = ControlPlane.namespace("control-plane");
    }

    @AfterAll
    static void removeNamespace() throws ApiException {
        space.close();
    }

    @Test
    void deploymentScaledToOneBecomesReadyQuicklyOnLoopback() throws Exception {
        // Another test of this class may just have had the API server away.
        ControlPlane.awaitControllers();
        ApiClient client = ControlPlane.clientOf(space.supervisorKubeconfig());
        AppsV1Api apps = new AppsV1Api(client);
        apps.createNamespacedDeployment(space.name(), sample()).execute();

        V1Pod pod = assertTimeout(Duration.ofSeconds(10), () -> {
            V1Patch one = new V1Patch("{\"spec\":{\"replicas\":1}}");
            PatchUtils.patch(
                    V1Scale.class,
                    () -> apps.patchNamespacedDeploymentScale("sample", space.name(), one)
                            .buildCall(null),
                    V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                    client);
            return readyPod(client);
        });

        assertTrue(
                pod.getStatus().getPodIP().startsWith("127."), pod.getStatus().getPodIP());
    }

    @Test
    void supervisorsTokenMayReadItsNamespaceOnly() throws Exception {
        CoreV1Api core = new CoreV1Api(ControlPlane.clientOf(space.supervisorKubeconfig()));

        assertEquals(
                0, core.listNamespacedService(space.name()).execute().getItems().size());
        ApiException refusal = assertThrows(
                ApiException.class, () -> core.listNamespacedService("default").execute());
        assertEquals(403, refusal.getCode());
    }

    @Test
    void gatewayDefinitionsAreServed() throws Exception {
        Object routes = new CustomObjectsApi(space.client())
                .listNamespacedCustomObject("gateway.networking.k8s.io", "v1", space.name(), "httproutes")
                .execute();

        assertTrue(routes.toString().contains("HTTPRouteList"), routes.toString());
    }

    @Test
    void apiServerKeepsAddressAndDataOverItsStop() throws Exception {
        CoreV1Api core = new CoreV1Api(space.client());
        core.createNamespacedConfigMap(
                        space.name(),
                        new V1ConfigMap()
                                .metadata(new V1ObjectMeta().name("kept"))
                                .data(Map.of("key", "value")))
                .execute();

        ControlPlane.stopApiServer();
        try {
            assertThrows(ApiException.class, () -> core.readNamespacedConfigMap("kept", space.name())
                    .execute());
        } finally {
            ControlPlane.startApiServer();
        }

        assertEquals(
                "value",
                core.readNamespacedConfigMap("kept", space.name())
                        .execute()
                        .getData()
                        .get("key"));
    }

    @Test
    void pausedApiServerAnswersAgainAfterwards() throws Exception {
        ApiClient client = ControlPlane.clientOf(space.adminKubeconfig());
        OkHttpClient impatient = client.getHttpClient()
                .newBuilder()
                .callTimeout(Duration.ofMillis(300))
                .build();
        CoreV1Api core = new CoreV1Api(new ApiClient(impatient).setBasePath(client.getBasePath()));

        ControlPlane.pauseApiServer();
        try {
            assertThrows(ApiException.class, () -> core.listNamespace().execute());
        } finally {
            ControlPlane.resumeApiServer();
        }

        assertTrue(new CoreV1Api(space.client())
                        .listNamespace()
                        .execute()
                        .getItems()
                        .size()
                > 0);
    }

    private static V1Deployment sample() {
        Map<String, String> labels = Map.of("app", "sample");
        return new V1Deployment()
                .metadata(new V1ObjectMeta().name("sample"))
                .spec(new V1DeploymentSpec()
                        .replicas(0)
                        .selector(new V1LabelSelector().matchLabels(labels))
                        .template(new V1PodTemplateSpec()
                                .metadata(new V1ObjectMeta().labels(labels))
                                .spec(new V1PodSpec()
                                        .addContainersItem(
                                                new V1Container().name("sample").image("localhost/sample:1")))));
    }

    private static V1Pod readyPod(ApiClient client) throws ApiException, IOException {
        var call = new CoreV1Api(client)
                .listNamespacedPod(space.name())
                .watch(true)
                .timeoutSeconds(10)
                .buildCall(null);
        try (Watch<V1Pod> watch =
                Watch.createWatch(client, call, new TypeToken<Watch.Response<V1Pod>>() {}.getType())) {
            for (Watch.Response<V1Pod> event : watch) {
                if (isReady(event.object)) {
                    return event.object;
                }
            }
        }
        throw new AssertionError("no pod became ready within 10 s");
    }

    private static boolean isReady(V1Pod pod) {
        var conditions = pod.getStatus().getConditions();
        return conditions != null
                && conditions.stream()
                        .anyMatch(condition ->
                                "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }
}
