package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API server refuses connections, or takes them and does not answer. */
class ClusterAwayIT {

    private static final Duration DEADLINE = Duration.ofSeconds(16);
    private static final String SAMPLE = "local_sample";

    @TempDir
    private Path folder;

    private Space space;
    private SupervisorProcess supervisor;

    @BeforeEach
    void prepare() throws Exception {
        space = ControlPlane.namespace("away");
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder).offer("sample", StartupIT.SAMPLE);
    }

    @AfterEach
    void end() throws Exception {
        supervisor.close();
        space.close();
    }

    @Test
    void startWaitsForTheClusterAndSaysWhichAndWhy() throws Exception {
        ControlPlane.stopApiServer();
        try {
            supervisor.start();
            supervisor.await(
                    "a second attempt",
                    Duration.ofSeconds(20),
                    () -> supervisor.log().split("Reaching the cluster is not done yet", -1).length > 2);
            String log = supervisor.log();
            assertTrue(log.contains("The cluster at https://127.0.0.1:"), log);
            assertTrue(log.contains("Connection refused") || log.contains("Failed to connect"), log);
            assertEquals(200, supervisor.health("/health/live").status());
            assertEquals(503, supervisor.health("/health/ready").status());
        } finally {
            ControlPlane.startApiServer();
        }
        supervisor.awaitRunning();
    }

    @Test
    void readsGoOnAndWritesFailInTimeWhileNothingAnswers() throws Exception {
        supervisor.startToRunning();
        supervisor.post("/store/addons/local_sample/install").data();
        String token = supervisor.token();
        ControlPlane.pauseApiServer();
        try {
            assertReadsGoOn(token);
            assertWriteFailsInTime(token);
            assertReadsGoOn(token);
            assertEquals(200, supervisor.health("/health/ready").status());
        } finally {
            ControlPlane.resumeApiServer();
        }
        supervisor.await("the start after it is back", Duration.ofSeconds(60), this::starts);
        assertFalse(supervisor.log().contains(token));
    }

    @Test
    void readsGoOnAndWritesFailAtOnceWhileConnectionsAreRefused() throws Exception {
        supervisor.startToRunning();
        supervisor.post("/store/addons/local_sample/install").data();
        String token = supervisor.token();
        ControlPlane.stopApiServer();
        try {
            assertReadsGoOn(token);
            assertWriteFailsInTime(token);
            assertReadsGoOn(token);
        } finally {
            ControlPlane.startApiServer();
        }
        supervisor.await("the start after it is back", Duration.ofSeconds(60), this::starts);
    }

    private void assertReadsGoOn(String token) throws IOException {
        Instant begin = Instant.now();
        assertEquals(
                "2026.11.0",
                supervisor
                        .ask("GET", "/core/info", "", token)
                        .data()
                        .get("version")
                        .getAsString());
        assertEquals(
                "stopped",
                supervisor
                        .ask("GET", "/addons", "", token)
                        .data()
                        .getAsJsonArray("addons")
                        .get(0)
                        .getAsJsonObject()
                        .get("state")
                        .getAsString());
        assertTrue(Duration.between(begin, Instant.now()).compareTo(Duration.ofSeconds(2)) < 0, "reads waited");
    }

    /** Nothing half done: the same app can be started when the cluster is back. */
    private void assertWriteFailsInTime(String token) throws IOException {
        Instant begin = Instant.now();
        SupervisorProcess.Answer answer = supervisor.ask("POST", "/addons/" + SAMPLE + "/start", "", token);
        Duration taken = Duration.between(begin, Instant.now());
        assertEquals(503, answer.status(), answer.body());
        assertEquals("cluster_unavailable_error", answer.text("error_key"));
        assertTrue(taken.compareTo(DEADLINE) < 0, taken.toString());
    }

    private boolean starts() {
        try {
            return supervisor.post("/addons/" + SAMPLE + "/start").status() == 200;
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
