package hakube.kubernetes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.testing.Logged;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** What a cluster with, without and with a broken metrics API gives. */
class PodUsageTest {

    private static final String ABSENT =
            "CPU and memory figures are 0: the cluster's metrics API (metrics.k8s.io, as of metrics-server) is not there";
    private static final String FIGURES = """
            {"kind": "PodMetrics", "containers": [
              {"name": "addon", "usage": {"cpu": "123400u", "memory": "64Mi"}},
              {"name": "ingress-relay", "usage": {"cpu": "1m", "memory": "1024Ki"}}]}
            """;

    private final Queue<Answer> answers = new ArrayDeque<>();
    private final PodUsage usage = new PodUsage(
            request -> {
                assertEquals("/apis/metrics.k8s.io/v1beta1/namespaces/home/pods/a-pod", request.path());
                return answers.remove();
            },
            "home");

    @Test
    void theContainersOfAPodAreAddedUp() {
        answer(200, FIGURES);
        Cluster.Usage sum = usage.of("a-pod").orElseThrow();
        assertEquals(0.1244, sum.cpuCores(), 1e-9);
        assertEquals(65L << 20, sum.memoryBytes());
    }

    @Test
    void theAbsenceOfTheApiIsToldOnceUntilItHasBeenThere() {
        try (Logged log = Logged.by(PodUsage.class)) {
            for (int i = 0; i < 3; i++) {
                answer(404, "404 page not found\n");
                assertEquals(Optional.empty(), usage.of("a-pod"));
            }
            assertEquals(List.of(ABSENT), log.lines());
            answer(200, FIGURES);
            usage.of("a-pod");
            answer(503, "{\"kind\": \"Status\"}");
            assertEquals(Optional.empty(), usage.of("a-pod"));
            assertEquals(List.of(ABSENT, ABSENT.replace("not there", "away")), log.lines());
        }
    }

    @Test
    void aPodThatHasNoFiguresYetIsNoAbsence() {
        try (Logged log = Logged.by(PodUsage.class)) {
            answer(404, "{\"kind\":\"Status\",\"reason\":\"NotFound\",\"message\":\"podmetrics a-pod not found\"}");
            assertEquals(Optional.empty(), usage.of("a-pod"));
            assertEquals(List.of(), log.lines());
        }
    }

    @Test
    void aRightThatIsMissingIsNamed() {
        answer(
                403,
                "{\"kind\":\"Status\",\"message\":\"pods.metrics.k8s.io \\\"a-pod\\\" is forbidden: User \\\"x\\\" cannot get"
                        + " resource \\\"pods\\\" in API group \\\"metrics.k8s.io\\\"\"}");
        ApiFailure failure = assertThrows(ApiFailure.MissingPermission.class, () -> usage.of("a-pod"));
        assertEquals(Map.of("verb", "get", "resource", "pods.metrics.k8s.io"), failure.extraFields());
    }

    private void answer(int status, String body) {
        answers.add(new Answer(ApiRequest.get("get", "pods.metrics.k8s.io", "/any"), status, body));
    }
}
