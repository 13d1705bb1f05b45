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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Supervisor's own routes through the real server. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddConfig(key = "management.port", value = "0")
class SupervisorResourceTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final String ALL = """
            {"channel": "stable", "timezone": "UTC", "logging": "info", "debug": false, "debug_block": false,
            "diagnostics": false, "auto_update": false, "detect_blocking_io": "off", "country": null, "wait_boot": 5,
            "feature_flags": {"supervisor_v2_api": false, "supervisor_websocket_v2_api": false},
            "addons_repositories": []}""";

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
        asked.post(200, "/supervisor/options", ALL);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"channel": "beta"}                             | "channel":"beta"
            {"timezone": "Europe/Berlin"}                   | "timezone":"Europe/Berlin"
            {"logging": "debug"}                            | "logging":"debug"
            {"debug": "yes"}                                | "debug":true
            {"debug_block": 1}                              | "debug_block":true
            {"diagnostics": true}                           | "diagnostics":true
            {"auto_update": "on"}                           | "auto_update":true
            {"detect_blocking_io": "on"}                    | "detect_blocking_io":true
            {"detect_blocking_io": "on-at-startup"}         | "detect_blocking_io":true
            {"country": "DE"}                               | "country":"DE"
            {"wait_boot": "60"}                             | "wait_boot":60
            {"feature_flags": {"supervisor_v2_api": 1}}     | "supervisor_v2_api":true
            """)
    void anOptionIsTold(String body, String told) {
        String before = asked.text("/supervisor/info");
        assertFalse(before.contains(told), before);

        assertEquals(OK, asked.post(200, "/supervisor/options", body));

        String after = asked.text("/supervisor/info");
        assertTrue(after.contains(told), after);
    }

    @Test
    void optionsAreKeptOverAStart() throws IOException {
        asked.post(
                200,
                "/supervisor/options",
                "{\"timezone\": \"Europe/Berlin\", \"country\": \"DE\", \"wait_boot\": 7, \"feature_flags\":"
                        + " {\"supervisor_websocket_v2_api\": true}, \"detect_blocking_io\": \"on\"}");
        String file = Files.readString(folders.of("config.json"));
        for (String kept : List.of(
                "\"timezone\": \"Europe/Berlin\"",
                "\"country\": \"DE\"",
                "\"wait_boot\": 7",
                "\"supervisor_websocket_v2_api\": true",
                "\"detect_blocking_io\": false")) {
            assertTrue(file.contains(kept), file);
        }
    }

    @Test
    void coresCountryMayBeUnknown() {
        asked.post(200, "/supervisor/options", "{\"country\": \"DE\"}");
        asked.post(200, "/supervisor/options", "{\"timezone\": \"Europe/Berlin\"}");
        assertTrue(asked.text("/supervisor/info").contains("\"country\":\"DE\""));
        asked.post(200, "/supervisor/options", "{\"timezone\": \"Europe/Berlin\", \"country\": null}");
        assertTrue(asked.text("/supervisor/info").contains("\"country\":null"));
    }

    @Test
    void theLogLevelIsInEffectAtOnce() {
        Logger logger = Logger.getLogger("hakube.supervisor.SupervisorControls");
        asked.post(200, "/supervisor/options", "{\"logging\": \"error\"}");
        assertFalse(logger.isLoggable(Level.WARNING));
        asked.post(200, "/supervisor/options", "{\"logging\": \"debug\"}");
        assertTrue(logger.isLoggable(Level.FINE));
    }

    @Test
    void theTimeZoneReachesCoreAtItsNextStart() {
        core.install();
        asked.post(200, "/supervisor/options", "{\"timezone\": \"Asia/Tokyo\"}");
        core.start();
        String zone = watched(Kind.STATEFUL_SET)
                .find("homeassistant")
                .orElseThrow()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .stream()
                .filter(variable -> variable.getName().equals("TZ"))
                .findFirst()
                .orElseThrow()
                .getValue();
        core.stop();
        assertEquals("Asia/Tokyo", zone);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            []                            | expected a dictionary. Got []
            {"channel": "x"}              | expected UpdateChannel or one of 'stable', 'beta', 'dev' for dictionary value @ data['channel']. Got 'x'
            {"timezone": "Mars/Base"}     | Invalid time zone passed in. Valid options can be found here: http://en.wikipedia.org/wiki/List_of_tz_database_time_zones for dictionary value @ data['timezone']. Got 'Mars/Base'
            {"timezone": "utc+1"}         | Invalid time zone passed in. Valid options can be found here: http://en.wikipedia.org/wiki/List_of_tz_database_time_zones for dictionary value @ data['timezone']. Got 'utc+1'
            {"timezone": 1}               | expected str for dictionary value @ data['timezone']. Got 1
            {"logging": "loud"}           | expected LogLevel or one of 'debug', 'info', 'warning', 'error', 'critical' for dictionary value @ data['logging']. Got 'loud'
            {"debug": "maybe"}            | expected boolean for dictionary value @ data['debug']. Got 'maybe'
            {"country": 49}               | expected str for dictionary value @ data['country']. Got 49
            {"wait_boot": 0}              | value must be at least 1 for dictionary value @ data['wait_boot']. Got 0
            {"wait_boot": 61}             | value must be at most 60 for dictionary value @ data['wait_boot']. Got 61
            {"detect_blocking_io": true}  | expected DetectBlockingIO or one of 'off', 'on', 'on-at-startup' for dictionary value @ data['detect_blocking_io']. Got True
            {"feature_flags": []}         | expected a dictionary for dictionary value @ data['feature_flags']. Got []
            {"feature_flags": {"x": 1}}   | expected FeatureFlag or one of 'supervisor_v2_api', 'supervisor_websocket_v2_api' @ data['feature_flags']['x']. Got 1
            {"content_trust": true}       | extra keys not allowed @ data['content_trust']. Got True
            {"addons_repositories": [1]}  | expected str @ data['addons_repositories'][0]. Got 1
            {"addons_repositories": ["#"]} | No valid repository format! @ data['addons_repositories'][0]. Got '#'
            {"addons_repositories": ["x"]} | expected a URL @ data['addons_repositories'][0]. Got 'x'
            {"addons_repositories": ["https://a/b", "https://a/b"]} | contains duplicate items: ['https://a/b'] for dictionary value @ data['addons_repositories']. Got ['https://a/b', 'https://a/b']
            """)
    void whatDoesNotFitIsToldAndChangesNothing(String body, String message) {
        String before = asked.text("/supervisor/info");

        String answer = asked.post(400, "/supervisor/options", body);

        assertEquals("{\"result\":\"error\",\"message\":\"" + message + "\"}", answer.replace("\\/", "/"));
        assertEquals(before, asked.text("/supervisor/info"));
    }

    @Test
    void otherRepositoriesWaitForTheirPartWhileTheRestIsSaved() {
        asked.post(200, "/supervisor/options", "{\"addons_repositories\": [\"local\", \"core\"]}");
        String answer = asked.post(
                503,
                "/supervisor/options",
                "{\"debug\": true, \"addons_repositories\": [\"https://example.com/apps#next\"]}");
        assertTrue(answer.contains("\"error_key\":\"runtime_not_ready_error\""), answer);
        assertTrue(asked.text("/supervisor/info").contains("\"debug\":true"));
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
            core.update(Optional.of("2026.10.1"));
            assertEquals(update, asked.text("/available_updates"));
            assertEquals(update, asked.text("/supervisor/available_updates"));
        } finally {
            core.update(Optional.of("2026.11.0"));
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
