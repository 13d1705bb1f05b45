package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.RawHttp;
import hakube.testing.TokenSecret;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@HelidonTest
@AddBean(GateTest.House.class)
@AddConfig(key = "management.port", value = "0")
class GateTest {

    private static final String CORE = "c0".repeat(56);
    private static final String ADMINISTRATOR = "ad".repeat(56);
    private static final String APP = "a9".repeat(56);

    private final WebTarget target;
    private final State state;

    @Inject
    GateTest(WebTarget target, State state) {
        this.target = target;
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    @Test
    void pingNeedsNoToken() {
        try (Response answer = call("/supervisor/ping", null)) {
            assertEquals(200, answer.getStatus());
            assertEquals("{\"result\":\"ok\",\"data\":{}}", answer.readEntity(String.class));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/backups", "/host/reboot", "/no/such/route", "/v2/info"})
    void everyOtherRouteKnownOrNotNeedsOne(String path) {
        assertPlain(401, "401: Unauthorized", call(path, null));
        assertPlain(403, "403: Forbidden", call(path, "00".repeat(56)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Supervisor-Token", "X-Hassio-Key", "Authorization"})
    void aTokenIsReadFromThreeHeaders(String header) {
        String value = header.equals("Authorization") ? "Bearer " + CORE : CORE;
        try (Response answer =
                target.path("/backups/thaw").request().header(header, value).post(null)) {
            assertEquals(400, answer.getStatus());
            assertTrue(answer.readEntity(String.class).contains("system is not frozen - running"));
        }
    }

    @Test
    void whatAClusterCannotDoHasTheUniformAnswer() {
        try (Response answer = request("/host/reboot", ADMINISTRATOR).post(null)) {
            assertEquals(400, answer.getStatus());
            String body = answer.readEntity(String.class);
            assertTrue(body.startsWith("{\"result\":\"error\",\"message\":\"Rebooting the host is not supported in"
                    + " Kubernetes runtime\",\"error_key\":\"runtime_not_supported_error\""));
            assertTrue(body.contains("\"feature\":\"host_power\""));
            assertTrue(body.contains("\"runtime\":\"kubernetes\""));
        }
    }

    @Test
    void anotherMethodNamesThoseThatExist() {
        try (Response answer = request("/host/reboot", CORE).get()) {
            assertEquals(405, answer.getStatus());
            assertEquals("POST", answer.getHeaderString("Allow"));
        }
        try (Response answer = request("/supervisor/ping", CORE).post(Entity.text("x"))) {
            assertEquals(405, answer.getStatus());
        }
    }

    @Test
    void anUnknownRouteIsUnknownOnlyAfterTheTokenCheck() {
        assertPlain(404, "404: Not Found", call("/no/such/route", CORE));
    }

    @Test
    void anAppReachesWhatItsRoleGives() {
        assertPlain(403, "403: Forbidden", call("/backups", APP));
        try (Response answer = call("/services", APP)) {
            assertEquals(200, answer.getStatus());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = SupervisorState.class,
            names = {"STARTUP", "RUNNING", "FREEZE"})
    void inThreeStatesItIsServed(SupervisorState serving) {
        state.enter(serving);
        try (Response answer = call("/supervisor/ping", null)) {
            assertEquals(200, answer.getStatus());
        }
        assertPlain(404, "404: Not Found", call("/no/such/route", CORE));
    }

    @ParameterizedTest
    @CsvSource({"INITIALIZE, initialize", "SETUP, setup", "SHUTDOWN, shutdown", "STOPPING, stopping", "CLOSE, close"})
    void inNoOtherStateIsAnythingServed(SupervisorState other, String word) {
        state.enter(other);
        for (String path : List.of("/supervisor/ping", "/no/such/route", "/ingress/x/", "/core/api/states")) {
            try (Response answer = call(path, null)) {
                assertEquals(400, answer.getStatus());
                assertEquals(
                        "{\"result\":\"error\",\"message\":\"System is not ready with state: " + word + "\","
                                + "\"error_key\":\"system_not_ready_error\"}",
                        answer.readEntity(String.class));
            }
        }
    }

    /** A body would be taken for the begin of the next answer on the same connection. */
    @Test
    void aRefusalOfHeadHasNoBody() throws IOException {
        try (RawHttp server = new RawHttp(target.getUri())) {
            assertEquals(401, server.send("HEAD", "/info").status());
            assertEquals(
                    403,
                    server.send("HEAD", "/info", "X-Supervisor-Token: " + "00".repeat(56))
                            .status());
            state.enter(SupervisorState.SETUP);
            assertEquals(400, server.send("HEAD", "/info").status());
            assertEquals(400, server.send("HEAD", "/a/../b").status());
            RawHttp.Answer next = server.send("GET", "/info");
            assertEquals("400 application/json", next.status() + " " + next.type());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/supervisor/ping/%252e%252e/options", "/addons%2fx/info", "/supervisor/ping?a=/x/y/&b=../"})
    void whatHidesItsPathIsRefusedFirst(String raw) throws IOException, InterruptedException {
        state.enter(SupervisorState.SETUP);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create(target.getUri().toString().replaceAll("/$", "") + raw))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertEquals("400: Bad Request", answer.body());
    }

    @Test
    void aTokenAppearsInNoCallersText() {
        assertFalse(new Caller.App("local_a", true, Caller.Role.DEFAULT, false, false)
                .toString()
                .contains(APP));
    }

    private Response call(String path, String token) {
        return request(path, token).get();
    }

    private Invocation.Builder request(String path, String token) {
        Invocation.Builder request = target.path(path).request();
        return token == null ? request : request.header("X-Supervisor-Token", token);
    }

    private static void assertPlain(int status, String text, Response answer) {
        try (answer) {
            assertEquals(status, answer.getStatus());
            assertEquals(text, answer.readEntity(String.class));
            assertTrue(answer.getHeaderString("Content-Type").startsWith("text/plain"));
        }
    }

    /** A house on a cluster in memory. */
    @Singleton
    @Alternative
    @Priority(1)
    static class House {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.of(Files.createTempDirectory("share"));
        }

        @Produces
        @Singleton
        Cluster cluster() {
            FakeCluster cluster = new FakeCluster();
            cluster.put(Kind.SECRET, TokenSecret.of(Tokens.CORE_SECRET, CORE));
            cluster.put(Kind.SECRET, TokenSecret.of(Tokens.ADMINISTRATOR_SECRET, ADMINISTRATOR));
            return cluster;
        }

        @Produces
        @Singleton
        Callers callers() {
            return token -> token.equals(APP)
                    ? Optional.of(new Caller.App("local_a", true, Caller.Role.DEFAULT, false, false))
                    : Optional.empty();
        }
    }
}
