package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.core.Core;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Watched;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.common.KubernetesObject;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Supervisor's own routes through the real server. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddConfig(key = "management.port", value = "0")
class SupervisorResourceTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private final Asked asked;
    private final State state;
    private final Core core;
    private final Folders folders;
    private final FakeCluster cluster;
    private final SupervisorHouse.Ended ended;

    @Inject
    SupervisorResourceTest(
            WebTarget target, State state, Core core, Folders folders, Cluster cluster, SupervisorHouse.Ended ended) {
        this.asked = new Asked(target);
        this.state = state;
        this.core = core;
        this.folders = folders;
        this.cluster = (FakeCluster) cluster;
        this.ended = ended;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        cluster.autoRun();
    }

    @AfterEach
    void asBefore() {
        state.enter(SupervisorState.RUNNING);
        cluster.recover();
        cluster.remove(Kind.POD, SupervisorHouse.POD);
    }

    @Test
    void statsAreThoseOfItsOwnPodAndZerosWithoutOne() {
        String zeros = "{\"result\":\"ok\",\"data\":{\"blk_read\":0,\"blk_write\":0,\"cpu_percent\":0.0,"
                + "\"memory_limit\":0,\"memory_percent\":0.0,\"memory_usage\":0,\"network_rx\":0,\"network_tx\":0}}";
        assertEquals(zeros, asked.text("/supervisor/stats"));
        cluster.put(Kind.POD, SupervisorHouse.ownPod());
        assertEquals(
                zeros.replace("\"memory_limit\":0", "\"memory_limit\":" + (512 << 20)),
                asked.text("/supervisor/stats"));
        cluster.usage(SupervisorHouse.POD, new Cluster.Usage(0.5, 128 << 20));
        String used = asked.text("/supervisor/stats");
        assertTrue(used.contains("\"cpu_percent\":50.0"), used);
        assertTrue(used.contains("\"memory_percent\":25.0"), used);
    }

    @Test
    void updatesAreOfCoreAndNeverOfTheSupervisor() {
        core.install();
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"available_updates\":[]}}", asked.text("/supervisor/available_updates"));
        String update = "{\"result\":\"ok\",\"data\":{\"available_updates\":[{\"icon\":null,"
                + "\"name\":\"Home Assistant Core\",\"panel_path\":\"/update-available/core\","
                + "\"update_type\":\"core\",\"version_latest\":\"2026.11.0\"}]}}";
        try {
            core.update(Optional.of("2026.10.1"), false);
            assertEquals(update, asked.text("/available_updates"));
            assertEquals(update, asked.text("/supervisor/available_updates"));
        } finally {
            core.update(Optional.of("2026.11.0"), false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/supervisor/reload", "/supervisor/options"})
    void supportIsJudgedAnew(String path) {
        String unsupported = "\"unsupported\":[\"home_assistant_core_custom_image\"]";
        asked.post(200, "/core/options", "{\"image\": \"localhost/other/core\"}");
        try {
            assertFalse(asked.text("/resolution/info").contains(unsupported));

            asked.post(200, path, "{}");

            assertTrue(asked.text("/resolution/info").contains(unsupported), asked.text("/resolution/info"));
        } finally {
            asked.post(200, "/core/options", "{\"image\": null}");
            asked.post(200, path, "{}");
        }
        assertFalse(asked.text("/resolution/info").contains(unsupported));
    }

    @Test
    void refreshingReadsTheStoreAgain() throws IOException {
        var app = Files.createDirectories(folders.of("addons/local/fresh"));
        Files.writeString(app.resolve("config.yaml"), """
                name: Fresh
                version: "1"
                slug: fresh
                description: New in the store
                arch: [amd64, aarch64]
                image: localhost/fresh
                """);
        asked.post(200, "/reload_updates", "");
        assertFalse(asked.text("/store/addons").contains("local_fresh"));
        asked.post(200, "/refresh_updates", "");
        assertTrue(asked.text("/store/addons").contains("local_fresh"));
    }

    @Test
    void repairMakesWhatIsGoneAndNothingElse() {
        core.install();
        cluster.forgetWrites();
        assertEquals(OK, asked.post(200, "/supervisor/repair", ""));
        assertEquals(List.of(), cluster.writes());

        cluster.remove(Kind.SERVICE, "homeassistant");
        cluster.remove(Kind.STATEFUL_SET, "homeassistant");
        assertEquals(OK, asked.post(200, "/supervisor/repair", ""));

        assertTrue(watched(Kind.SERVICE).find("homeassistant").isPresent());
        assertEquals(
                0,
                watched(Kind.STATEFUL_SET)
                        .find("homeassistant")
                        .orElseThrow()
                        .getSpec()
                        .getReplicas());
    }

    @Test
    void repairWithoutTheSharedClaimSaysSo() {
        var claim = watched(Kind.CLAIM).find("ha-shared-rwx").orElseThrow();
        cluster.remove(Kind.CLAIM, "ha-shared-rwx");
        cluster.failOn("create", new ApiFailure.MissingPermission("create", "persistentvolumeclaims"));
        try {
            String answer = asked.post(400, "/supervisor/repair", "");
            assertTrue(answer.contains("Claim ha-shared-rwx does not exist"), answer);
        } finally {
            cluster.put(Kind.CLAIM, claim);
        }
    }

    @Test
    void restartEndsTheProcessAfterItsAnswerAndNothingNewIsTaken() throws InterruptedException {
        assertEquals(OK, asked.post(200, "/supervisor/restart", ""));
        assertTrue(ended.latch().await(20, TimeUnit.SECONDS));
        assertEquals(400, asked.get("/supervisor/info").status());
    }

    @Test
    void aStartIsNotInterrupted() {
        state.enter(SupervisorState.STARTUP);
        assertEquals(
                "{\"result\":\"error\",\"message\":\"'Supervisor.restart' blocked from execution, system is not running"
                        + " - startup\"}",
                asked.post(400, "/supervisor/restart", ""));
    }

    private <T extends KubernetesObject> Watched<T> watched(Kind<T> kind) {
        return cluster.watched(kind);
    }
}
