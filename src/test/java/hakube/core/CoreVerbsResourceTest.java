package hakube.core;

import static hakube.core.ServedCore.OK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.jobs.Jobs;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.testing.Eventually;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Core is told to do through the real server, by both of its names. */
@HelidonTest
@AddBean(ServedCore.class)
@AddBean(ServedCore.House.class)
@AddConfig(key = "management.port", value = "0")
class CoreVerbsResourceTest {

    private final ServedCore house;
    private final Core core;
    private final FakeCluster cluster;
    private final Jobs jobs;

    @Inject
    CoreVerbsResourceTest(ServedCore house, Jobs jobs) {
        this.house = house;
        this.core = house.core;
        this.cluster = house.cluster;
        this.jobs = jobs;
    }

    @BeforeEach
    void install() {
        house.install();
    }

    @AfterEach
    void stop() {
        house.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void theVerbsAnswerEmptyAndDoWhatTheySay(String prefix) {
        assertEquals(OK, house.administrator.post(prefix + "/start", null, 200));
        assertTrue(core.isRunning());
        String first = uid();
        assertEquals(OK, house.administrator.post(prefix + "/restart", "{\"safe_mode\": true, \"force\": false}", 200));
        String second = uid();
        assertTrue(!second.equals(first));
        assertEquals(OK, house.administrator.post(prefix + "/rebuild", "", 200));
        assertTrue(!uid().equals(second));
        assertEquals(OK, house.administrator.post(prefix + "/update", "{\"version\": \"2026.11.1\"}", 200));
        assertTrue(house.administrator.get(prefix + "/info", 200).contains("\"version\":\"2026.11.1\""));
        assertEquals(OK, house.administrator.post(prefix + "/stop", "{\"force\": true}", 200));
        assertEquals(Optional.empty(), core.pod());
    }

    @Test
    void anUpdateSaysWhatItCannotDo() {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Version 2026.11.0 of Home Assistant is already installed\"}",
                house.administrator.post("/core/update", null, 400));
        assertTrue(house.administrator
                .post("/core/update", "{\"version\": \"a b\"}", 400)
                .contains("data['version']. Got 'a b'"));
        assertTrue(house.administrator
                .post("/core/update", "{\"background\": \"yes\"}", 400)
                .contains("expected bool for"));
        assertTrue(house.administrator
                .post("/core/update", "{\"version\": \"2026.11.0\", \"background\": true}", 400)
                .contains("already installed"));
    }

    @Test
    void anUpdateInTheBackgroundAnswersWithItsJob() {
        String answer =
                house.administrator.post("/core/update", "{\"version\": \"2026.12.0\", \"background\": true}", 200);
        assertTrue(answer.matches("\\{\"result\":\"ok\",\"data\":\\{\"job_id\":\"[0-9a-f]{32}\"}}"), answer);
        Cluster port = cluster;
        assertTrue(port.watched(Kind.STATEFUL_SET)
                .await(Duration.ofSeconds(10), sets -> sets.find("homeassistant")
                        .map(set -> set.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage())
                        .filter("localhost/core:2026.12.0"::equals))
                .isPresent());
        awaitIdle();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void theCheckAnswersWithItsOwnWords(String prefix) {
        judge(true, "2026-11-25T10:00:00.000000001Z Testing configuration at /config\n");
        assertEquals(OK, house.administrator.post(prefix + "/check", null, 200));
        judge(
                false,
                "2026-11-25T10:00:00.000000001Z \u001b[31mFailed config\u001b[0m\n2026-11-25T10:00:01Z   light: x\n");
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Failed config\\n  light: x\"}",
                house.administrator.post(prefix + "/check", null, 400));
        judge(true, "2026-11-25T10:00:00Z ERROR:homeassistant.util.yaml.loader:could not find expected ':'\n");
        assertTrue(house.administrator.post(prefix + "/check", null, 400).contains("could not find expected ':'"));
        Cluster port = cluster;
        assertEquals(Optional.empty(), port.watched(Kind.POD).find("homeassistant-check"));
    }

    @Test
    void whatTheClusterRefusesIsSaid() {
        ApiFailure away = ApiFailure.Unavailable.cluster("The API server does not answer", new IOException());
        cluster.failOn("apply", away);
        assertEquals(
                "{\"result\":\"error\",\"message\":\"The API server does not answer\","
                        + "\"error_key\":\"cluster_unavailable_error\"}",
                house.administrator.post("/core/start", null, 503));
        cluster.recover();
        cluster.failOn("create pods", new ApiFailure.MissingPermission("create", "pods"));
        assertTrue(house.administrator
                .post("/core/check", null, 400)
                .contains("\"error_key\":\"missing_permission_error\",\"extra_fields\":{"));
    }

    @Test
    void aVerbMeetsAnotherOnesWorkWithARefusal() {
        String[] second = new String[1];
        cluster.before(
                "scale statefulsets/homeassistant 1",
                () -> second[0] = house.administrator.post("/core/stop", null, 400));
        house.administrator.post("/core/start", null, 200);
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Another job is running for job group home_assistant_core\"}",
                second[0]);
    }

    /** The next check of the configuration ends so. */
    private void judge(boolean isValid, String log) {
        cluster.logs("homeassistant-check", log);
        Cluster port = cluster;
        boolean[] isDone = {false};
        cluster.onWrite(write -> {
            if (!isDone[0] && write.equals("create pods/homeassistant-check")) {
                isDone[0] = true;
                port.watched(Kind.POD)
                        .find("homeassistant-check")
                        .ifPresent(pod -> cluster.put(Kind.POD, SamplePod.checked(pod, isValid)));
            }
        });
    }

    private void awaitIdle() {
        Eventually.holds("the end of the update", () -> !jobs.isRunning(Core.GROUP));
        assertEquals("2026.12.0", core.options().version());
    }

    private String uid() {
        return core.pod().orElseThrow().getMetadata().getUid();
    }
}
