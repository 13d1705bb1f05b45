package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.core.Core;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Supervisor's own options through the real server. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddConfig(key = "management.port", value = "0")
class SupervisorOptionsTest {

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

    @Inject
    SupervisorOptionsTest(WebTarget target, State state, Core core, Folders folders, Cluster cluster) {
        this.asked = new Asked(target);
        this.state = state;
        this.core = core;
        this.folders = folders;
        this.cluster = (FakeCluster) cluster;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        cluster.autoRun();
    }

    @AfterEach
    void asBefore() {
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
        String zone = ((Cluster) cluster)
                        .watched(Kind.STATEFUL_SET)
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

    /** Nothing is asked: no address of that kind is accepted. */
    @Test
    void aRepositoryThatCannotBeAddedKeepsNothingElseFromBeingSaved() {
        asked.post(200, "/supervisor/options", "{\"addons_repositories\": [\"local\"]}");
        String answer = asked.post(
                400,
                "/supervisor/options",
                "{\"debug\": true, \"addons_repositories\": [\"git://example.com/apps#next\"]}");
        assertTrue(answer.contains("addresses that begin with git:"), answer);
        assertTrue(asked.text("/supervisor/info").contains("\"debug\":true"));
    }
}
