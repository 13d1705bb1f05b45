package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An app goes from version to version, each test from where the one before left it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpdateIT {

    private static final String UPDATE = "/store/addons/local_sample/update";
    private static final Duration SETTLED = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    /** Of an update, in this order. */
    private enum Moment {
        ASKED,
        WRITTEN_DOWN,
        IN_THE_TEMPLATE
    }

    private static Space space;
    private static SupervisorProcess supervisor;

    @BeforeAll
    static void oneAppRunsBesideAnother() throws IOException, ApiException {
        space = ControlPlane.namespace("update");
        supervisor = new SupervisorProcess(space, folder);
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor.offer("sample", StartupIT.SAMPLE);
        supervisor.offer("other", StartupIT.SAMPLE.replace("sample", "other").replace("7007", "7008"));
        supervisor.startToRunning();
        for (String app : new String[] {"sample", "other"}) {
            must("/store/addons/local_" + app + "/install");
            must("/addons/local_" + app + "/start");
        }
    }

    @AfterAll
    static void leave() throws IOException, ApiException {
        supervisor.close();
        space.close();
    }

    @Test
    @Order(1)
    void whatRunsIsStoppedAndStartedInItsNewVersion() throws IOException, ApiException {
        offer("2.0", "");
        must(UPDATE);
        assertEquals("2.0", info().get("version").getAsString());
        assertEquals("started", info().get("state").getAsString());
        assertEquals("2.0", tag());
    }

    @Test
    @Order(2)
    void forAPortThatAnotherAppHasNothingIsStopped() throws IOException, ApiException {
        String before = uidOfPod();
        offer("3.0", "7008");
        SupervisorProcess.Answer answer = supervisor.post(UPDATE);
        assertEquals(400, answer.status(), answer.body());
        assertEquals("app_port_conflict", answer.text("error_key"));
        assertEquals("2.0", info().get("version").getAsString());
        assertEquals("started", info().get("state").getAsString());
        assertEquals("2.0", tag());
        assertEquals(before, uidOfPod());
    }

    @Test
    @Order(3)
    void killedInTheMiddleItRunsInOneOfBothVersions() throws Exception {
        for (Moment moment : Moment.values()) {
            String version = "4." + moment.ordinal();
            offer(version, "");
            Thread caller = Thread.startVirtualThread(() -> {
                try {
                    supervisor.post(UPDATE);
                } catch (IOException cutOff) {
                    // That is the point of it.
                }
            });
            supervisor.await("an update that is " + moment, SETTLED, () -> hasCome(moment, version));
            supervisor.kill();
            join(caller);
            supervisor.startToRunning();
            supervisor.await("one version that runs, killed when it was " + moment, SETTLED, UpdateIT::isOneVersion);
        }
    }

    private static boolean isOneVersion() throws IOException, ApiException {
        JsonObject info = info();
        return info.get("state").getAsString().equals("started")
                && info.get("version").getAsString().equals(tag())
                && !file().contains("\"updating\"");
    }

    /** Whether an update has come so far; what has come stays, also when it goes on before somebody looks. */
    private static boolean hasCome(Moment moment, String version) throws IOException, ApiException {
        return switch (moment) {
            case ASKED -> true;
            case WRITTEN_DOWN -> file().contains('"' + version + '"');
            case IN_THE_TEMPLATE -> tag().equals(version);
        };
    }

    private static String file() throws IOException {
        return Files.readString(supervisor.share().resolve("apps.json"));
    }

    private static void offer(String version, String port) throws IOException {
        String config = StartupIT.SAMPLE.replace("\"1.0\"", "\"" + version + "\"");
        supervisor.offer("sample", port.isEmpty() ? config : config.replace("7007/tcp: 7007", "7007/tcp: " + port));
        must("/store/reload");
    }

    private static JsonObject info() throws IOException {
        return supervisor.get("/addons/local_sample/info").data();
    }

    /** Version of the image that the template names. */
    private static String tag() throws ApiException {
        return new AppsV1Api(space.client())
                .readNamespacedDeployment("local-sample", space.name())
                .execute()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getImage()
                .replaceFirst(".*:", "");
    }

    /** Uid of the one pod that the app has. */
    private static String uidOfPod() throws ApiException {
        return new CoreV1Api(space.client())
                .listNamespacedPod(space.name()).execute().getItems().stream()
                        .filter(pod -> pod.getMetadata().getName().startsWith("local-sample-"))
                        .map(pod -> pod.getMetadata().getUid())
                        .collect(Collectors.joining(","));
    }

    private static void must(String call) throws IOException {
        SupervisorProcess.Answer answer = supervisor.post(call);
        assertEquals(200, answer.status(), call + " " + answer.body() + "\n" + supervisor.log());
    }

    private static void join(Thread thread) {
        try {
            assertTrue(thread.join(Duration.ofSeconds(30)), "the call does not end with its server");
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
