package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.RealCluster;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Deployment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an app becomes, before the API server that has the last word on it, as the Supervisor's ServiceAccount. */
class AppWorkloadIT {

    private static final List<Kind<? extends KubernetesObject>> KINDS =
            List.of(Kind.DEPLOYMENT, Kind.SERVICE, Kind.SECRET, Kind.JOB);

    private static Space space;
    private static RealCluster real;
    private static Cluster cluster;

    @BeforeAll
    static void reach() throws IOException, ApiException {
        space = ControlPlane.namespace("workload");
        real = RealCluster.of(space);
        cluster = real.port();
    }

    @AfterAll
    static void leave() throws ApiException {
        real.close();
        space.close();
    }

    static List<WorkloadCase> cases() {
        return WorkloadCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theApiServerTakesEveryFieldAsItIs(WorkloadCase given) throws IOException {
        for (Map<String, Object> document : WorkloadCase.read(Files.readString(given.output()))) {
            List<String> lost = new ArrayList<>();
            compare("", document, dryRun(document), lost);
            assertEquals(List.of(), lost, given + ", " + document.get("kind"));
        }
    }

    /** Server-side apply remembers what it set: a second one must be able to change what the server filled in meanwhile. */
    @Test
    void anAppCanBeAppliedAgainWithOtherPorts() {
        AppWorkload before = WorkloadCase.named("ingress-only").workload();
        AppWorkload after =
                new AppWorkload(before.app(), before.site(), "another-token", 62001, before.relay(), before.legacy());
        V1Deployment owner = apply(before);
        assertEquals(owner.getMetadata().getUid(), apply(after).getMetadata().getUid());

        var service = cluster.read(Kind.SERVICE, "local-notes").orElseThrow();
        assertEquals(1, service.getSpec().getPorts().size());
        assertEquals(62001, service.getSpec().getPorts().getFirst().getPort());
        assertTrue(
                service.getSpec().getClusterIP().matches("[0-9a-f.:]+"),
                service.getSpec().getClusterIP());
        assertEquals(
                "another-token",
                new String(
                        cluster.read(Kind.SECRET, "local-notes-env")
                                .orElseThrow()
                                .getData()
                                .get("SUPERVISOR_TOKEN"),
                        StandardCharsets.UTF_8));
    }

    private static V1Deployment apply(AppWorkload workload) {
        V1Deployment deployment = cluster.apply(Kind.DEPLOYMENT, workload.deployment(List.of()));
        cluster.apply(Kind.SECRET, workload.secret(AppWorkload.ownedBy(deployment)));
        cluster.apply(Kind.SERVICE, workload.service(AppWorkload.ownedBy(deployment)));
        return deployment;
    }

    private static Map<String, Object> dryRun(Map<String, Object> document) {
        return dryRun(
                KINDS.stream()
                        .filter(kind -> kind.kind().equals(document.get("kind")))
                        .findFirst()
                        .orElseThrow(),
                document);
    }

    private static <T extends KubernetesObject> Map<String, Object> dryRun(Kind<T> kind, Map<String, Object> document) {
        T desired = JSON.deserialize(JsonValues.json(document).toString(), kind.type());
        try {
            return WorkloadCase.plain(
                    kind.equals(Kind.JOB) ? cluster.create(kind, desired, true) : cluster.applyDryRun(kind, desired));
        } catch (Cluster.Changed e) {
            throw new AssertionError("A Job of that name is there", e);
        }
    }

    /** Every value of {@code wanted} must be in {@code stored}, in the same place; false and the empty text may be left out. */
    private static void compare(String place, Object wanted, Object stored, List<String> lost) {
        switch (wanted) {
            case Map<?, ?> map
            when stored instanceof Map<?, ?> there ->
                map.forEach((key, value) -> compare(place + "/" + key, value, there.get(key), lost));
            case List<?> list
            when stored instanceof List<?> there && there.size() == list.size() -> {
                for (int at = 0; at < list.size(); at++) {
                    compare(place + "/" + at, list.get(at), there.get(at), lost);
                }
            }
            default -> {
                boolean meansNothing = wanted.equals(false) || wanted.equals("");
                if (!wanted.equals(stored) && !(stored == null && meansNothing)) {
                    lost.add(place + ": " + wanted + " became " + stored);
                }
            }
        }
    }
}
