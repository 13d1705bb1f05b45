package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Two clients want something of the same app at once: one has it, the other is told, and nothing is done twice or by halves. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TwoClientsIT {

    private static final String APP = "/addons/local_sample/";
    private static final String UPDATE = "/store/addons/local_sample/update";
    /** To the newest revision, whatever its number. */
    private static final String RETURN = APP + "revisions/";

    private static final String CONFLICT = "400 Another job is running for job group app_local_sample";
    /** Two requests that leave at the same moment may arrive one after the other. */
    private static final int TRIES = 8;

    @TempDir
    private static Path folder;

    private static Space space;
    private static SupervisorProcess supervisor;
    private static int version;

    @BeforeAll
    static void anAppIsInstalled() throws Exception {
        space = ControlPlane.namespace("two");
        supervisor = new SupervisorProcess(space, folder);
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor.offer("sample", StartupIT.SAMPLE);
        supervisor.startToRunning();
        must("/store/addons/local_sample/install");
    }

    @AfterAll
    static void leave() throws Exception {
        supervisor.close();
        space.close();
    }

    @Test
    @Order(1)
    void ofTwoStartsOneStarts() throws Exception {
        untilTheyMeet(() -> must(APP + "stop"), "200", APP + "start", APP + "start");
        assertEquals("started", info().get("state").getAsString());
        assertEquals(1, pods());
    }

    @Test
    @Order(2)
    void ofTwoUpdatesOneUpdates() throws Exception {
        untilTheyMeet(
                () -> {
                    supervisor.offer("sample", StartupIT.SAMPLE.replace("\"1.0\"", "\"2." + ++version + "\""));
                    must("/store/reload");
                },
                "400 No update available for app local_sample",
                UPDATE,
                UPDATE);
        assertEquals("started", info().get("state").getAsString());
        assertEquals("2." + version, info().get("version").getAsString());
        assertEquals(1, pods());
    }

    @Test
    @Order(3)
    void anUpdateAndAReturnAreOneOfBoth() throws Exception {
        untilTheyMeet(
                () -> {
                    supervisor.offer("sample", StartupIT.SAMPLE.replace("\"1.0\"", "\"2." + ++version + "\""));
                    must("/store/reload");
                },
                "200",
                UPDATE,
                RETURN);
        assertEquals("started", info().get("state").getAsString());
        assertEquals(1, pods());
    }

    @Test
    @Order(4)
    void ofTwoUninstallationsOneUninstalls() throws Exception {
        untilTheyMeet(
                () -> {
                    if (supervisor.get(APP + "info").status() != 200) {
                        must("/store/addons/local_sample/install");
                    }
                    must(APP + "start");
                },
                "400 App is not installed",
                APP + "uninstall",
                APP + "uninstall");
        assertEquals(404, supervisor.get(APP + "info").status());
        Eventually.holds("the end of its pods", () -> pods() == 0);
    }

    /** Something to do before each try. */
    private interface Preparation {
        void prepare() throws IOException;
    }

    /**
     * Sends both at once until one meets the other.
     *
     * @param late what the second one gets that comes when the first is over
     */
    private static void untilTheyMeet(Preparation preparation, String late, String one, String other) throws Exception {
        List<List<String>> seen = new ArrayList<>();
        for (int round = 0; round < TRIES; round++) {
            preparation.prepare();
            List<String> answers = atOnce(one, other.equals(RETURN) ? RETURN + newest() : other);
            seen.add(answers);
            assertTrue(answers.contains("200"), seen + "\n" + supervisor.log());
            List<String> losers = new ArrayList<>(answers);
            losers.remove("200");
            assertTrue(List.of(CONFLICT, late).contains(losers.getFirst()), seen + "\n" + supervisor.log());
            if (losers.contains(CONFLICT)) {
                return;
            }
        }
        throw new AssertionError("two requests never met: " + seen);
    }

    /** Status of both, and the message of a refusal, in the order of the answers. */
    private static List<String> atOnce(String... calls) {
        CyclicBarrier gate = new CyclicBarrier(calls.length);
        ConcurrentLinkedQueue<String> answers = new ConcurrentLinkedQueue<>();
        List<Thread> clients = Arrays.stream(calls)
                .map(call -> Thread.startVirtualThread(() -> answers.add(ask(call, gate))))
                .toList();
        clients.forEach(client -> Eventually.ends(client));
        return List.copyOf(answers);
    }

    private static String ask(String call, CyclicBarrier gate) {
        try {
            gate.await();
            SupervisorProcess.Answer answer = supervisor.post(call);
            return answer.status() == 200 ? "200" : answer.status() + " " + answer.text("message");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException | BrokenBarrierException failure) {
            throw new AssertionError(failure);
        }
    }

    private static int newest() throws IOException {
        return supervisor
                .get(APP + "revisions")
                .data()
                .getAsJsonArray("revisions")
                .get(0)
                .getAsJsonObject()
                .get("revision")
                .getAsInt();
    }

    private static JsonObject info() throws IOException {
        return supervisor.get(APP + "info").data();
    }

    /** Of the app, those that stay. */
    private static long pods() throws Exception {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name()).labelSelector("io.hass.type=addon").execute().getItems().stream()
                        .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                        .count();
    }

    private static void must(String call) throws IOException {
        SupervisorProcess.Answer answer = supervisor.post(call);
        assertEquals(200, answer.status(), call + " " + answer.body() + "\n" + supervisor.log());
    }
}
