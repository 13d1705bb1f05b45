package hakube.kubernetes.refused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.CustomKind;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.kubernetes.Sample;
import hakube.testing.ControlPlane;
import hakube.testing.Rights;
import hakube.testing.Space;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.util.PatchUtils;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the API server does not take comes back with its own words. */
class RefusedObjectIT {

    private static Space space;
    private static RealCluster real;

    @BeforeAll
    static void connect() throws Exception {
        space = ControlPlane.namespace("refused");
        Rights.grantGateway(space);
        real = RealCluster.of(space).watching();
    }

    @AfterAll
    static void leave() throws Exception {
        real.close();
        space.close();
    }

    private final Cluster cluster = real.port();

    @Test
    void invalidFieldIsNamed() {
        var deployment = Sample.deployment("invalid");
        deployment.getSpec().replicas(-1);

        refuses("spec.replicas: Invalid value: -1", () -> cluster.apply(Kind.DEPLOYMENT, deployment));
        refuses("spec.replicas: Invalid value: -1", () -> cluster.applyDryRun(Kind.DEPLOYMENT, deployment));
        refuses("spec.replicas: Invalid value: -1", () -> cluster.create(Kind.DEPLOYMENT, deployment, false));
        assertTrue(cluster.watched(Kind.DEPLOYMENT).find("invalid").isEmpty());
    }

    @Test
    void invalidNameIsNamed() {
        refuses("a lowercase RFC 1123", () -> cluster.apply(Kind.CONFIG_MAP, Sample.configMap("No Name", "one")));
    }

    @Test
    void immutableFieldIsNamed() {
        cluster.apply(Kind.DEPLOYMENT, Sample.deployment("fixed"));
        var other = Sample.deployment("fixed");
        other.getSpec().getSelector().matchLabels(Map.of("app", "fixed", "more", "one"));
        other.getSpec().getTemplate().getMetadata().putLabelsItem("more", "one");

        refuses("field is immutable", () -> cluster.apply(Kind.DEPLOYMENT, other));
    }

    @Test
    void invalidCustomObjectIsNamed() {
        CustomKind gateways = new CustomKind("gateway.networking.k8s.io", "v1", "Gateway", "gateways");

        refuses(
                ".spec.listeners: expected list",
                () -> cluster.applyCustom(
                        gateways, Map.of("metadata", Map.of("name", "invalid"), "spec", Map.of("listeners", "none"))));
    }

    @Test
    void podSecurityIsARefusalAndNoMissingRight() throws Exception {
        V1Patch baseline =
                new V1Patch("{\"metadata\":{\"labels\":{\"pod-security.kubernetes.io/enforce\":\"baseline\"}}}");
        PatchUtils.patch(
                V1Namespace.class,
                () -> new CoreV1Api(space.client())
                        .patchNamespace(space.name(), baseline)
                        .buildCall(null),
                V1Patch.PATCH_FORMAT_JSON_MERGE_PATCH,
                space.client());
        V1Pod pod = Sample.pod("relay");
        pod.getSpec()
                .getContainers()
                .getFirst()
                .securityContext(new V1SecurityContext().capabilities(new V1Capabilities().addAddItem("NET_ADMIN")));

        refuses("violates PodSecurity \"baseline:", () -> cluster.create(Kind.POD, pod, true));
        cluster.create(Kind.POD, Sample.pod("plain"), true);
    }

    private static void refuses(String words, Executable write) {
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, write);

        assertEquals(400, failure.status());
        assertTrue(failure.getMessage().contains(words), failure.getMessage());
    }
}
