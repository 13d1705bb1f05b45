package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Pod;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Start of an app through the API until the API says {@code started}, against {@code kubectl apply} of the same three objects,
 * {@code kubectl scale} and Ready, in pairs whose order alternates. The control group has a namespace of its own that no
 * Supervisor watches. Before each side begins, no pod of either is left and the proxy of the internal address is at rest.
 */
class StartSlowIT {

    private static final int PAIRS = 20;
    private static final double MORE_MILLIS = 150;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SLUG = "local_sample";
    private static final String NAME = "local-sample";
    private static final String SELECTOR = "io.hass.slug=" + SLUG;
    private static final String APP = """
            name: Sample
            version: "1.0"
            slug: sample
            description: A sample
            arch: [amd64, aarch64]
            image: localhost/hakube/busybox
            init: false
            startup: services
            boot: manual
            map: [share:rw, ssl]
            ports:
              7007/tcp: 7007
            """;
    private static final String CLAIM = """
            {"metadata": {"name": "ha-shared-rwx"}, "spec": {"accessModes": ["ReadWriteMany"],
             "storageClassName": "hakube-local", "resources": {"requests": {"storage": "1Gi"}}}}
            """;

    @TempDir
    private Path folder;

    @Test
    void startThroughTheApiCostsLittleMoreThanByHand() throws Exception {
        try (Space ours = ControlPlane.namespace("start");
                Space theirs = ControlPlane.namespace("by-hand");
                SupervisorProcess supervisor = new SupervisorProcess(ours, folder)) {
            ours.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            theirs.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            new CoreV1Api(theirs.client())
                    .createNamespacedPersistentVolumeClaim(
                            theirs.name(), JSON.deserialize(CLAIM, V1PersistentVolumeClaim.class))
                    .execute();
            supervisor.offer("sample", APP).startToRunning();
            supervisor.post("/store/addons/" + SLUG + "/install").data();
            // Neither side's first round counts: it makes what later ones change.
            throughTheApi(supervisor, theirs);
            JsonArray objects = new Kubectl(ours).objects(NAME);
            assertEquals(3, objects.size());
            Kubectl kubectl = new Kubectl(theirs);
            byHand(kubectl, objects, supervisor, theirs);

            double[] api = new double[PAIRS];
            double[] hand = new double[PAIRS];
            double[] more = new double[PAIRS];
            for (int pair = 0; pair < PAIRS; pair++) {
                if (pair % 2 == 0) {
                    api[pair] = throughTheApi(supervisor, theirs);
                }
                hand[pair] = byHand(kubectl, objects, supervisor, theirs);
                if (pair % 2 == 1) {
                    api[pair] = throughTheApi(supervisor, theirs);
                }
                more[pair] = api[pair] - hand[pair];
            }
            Figures.tell("start, " + PAIRS + " pairs, " + Figures.load());
            Figures.tell("API:     " + Figures.summary(api));
            Figures.tell("kubectl: " + Figures.summary(hand));
            Figures.tell("more:    " + Figures.summary(more));
            Figures.tell("a kubectl that asks nothing: " + Figures.summary(idle(kubectl)));
            assertTrue(
                    Figures.median(more) <= MORE_MILLIS,
                    String.format(Locale.ROOT, "%.0f ms more than by hand", Figures.median(more)));
        }
    }

    /** From the request to the answer that has state started. */
    private static double throughTheApi(SupervisorProcess supervisor, Space theirs) throws Exception {
        bringDown(supervisor, theirs);
        String token = supervisor.token();
        long start = System.nanoTime();
        supervisor.ask("POST", "/addons/" + SLUG + "/start", "", token).data();
        while (!isStarted(supervisor, token)) {
            pause(start);
        }
        return Figures.millisSince(start);
    }

    /** From the first program's start until the pod is Ready, asked as often as the other side is. */
    private static double byHand(Kubectl kubectl, JsonArray objects, SupervisorProcess supervisor, Space theirs)
            throws Exception {
        bringDown(supervisor, theirs);
        String input = Kubectl.withToken(objects, UUID.randomUUID().toString());
        long start = System.nanoTime();
        kubectl.run(input, "apply", "-f", "-");
        kubectl.run("", "scale", "deployment/" + NAME, "--replicas=1");
        while (pods(theirs, SELECTOR).stream().noneMatch(StartSlowIT::isReady)) {
            pause(start);
        }
        double millis = Figures.millisSince(start);
        kubectl.run("", "scale", "deployment/" + NAME, "--replicas=0");
        return millis;
    }

    private static double[] idle(Kubectl kubectl) throws Exception {
        double[] millis = new double[PAIRS];
        for (int run = 0; run < PAIRS; run++) {
            long start = System.nanoTime();
            kubectl.run("", "version", "--client");
            millis[run] = Figures.millisSince(start);
        }
        return millis;
    }

    private static void bringDown(SupervisorProcess supervisor, Space theirs) throws Exception {
        supervisor.post("/addons/" + SLUG + "/stop").data();
        Space ours = supervisor.space();
        Eventually.holds(
                "no pod is left",
                LIMIT,
                () -> pods(ours, SELECTOR).isEmpty() && pods(theirs, SELECTOR).isEmpty());
        Eventually.holds("the proxy is at rest", LIMIT, () -> {
            List<V1Pod> proxies = pods(ours, "io.hass.component=internal-l4");
            return proxies.size() <= 1 && proxies.stream().allMatch(StartSlowIT::isReady);
        });
    }

    private static boolean isStarted(SupervisorProcess supervisor, String token) throws Exception {
        return supervisor
                .ask("GET", "/addons/" + SLUG + "/info", "", token)
                .data()
                .get("state")
                .getAsString()
                .equals("started");
    }

    private static List<V1Pod> pods(Space space, String selector) throws ApiException {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name())
                .labelSelector(selector)
                .execute()
                .getItems();
    }

    private static boolean isReady(V1Pod pod) {
        return pod.getStatus().getConditions() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private static void pause(long start) {
        assertTrue(Figures.millisSince(start) < LIMIT.toMillis(), "it does not come up");
        LockSupport.parkNanos(5_000_000);
    }
}
