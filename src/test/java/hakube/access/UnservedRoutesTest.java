package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.Refusals;
import hakube.api.ServedRoutes;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Features;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.client.WebTarget;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every route of both versions through the real server: what it answers as long as, or because, no resource serves it. */
@HelidonTest
@AddBean(GateTest.House.class)
@AddConfig(key = "management.port", value = "0")
class UnservedRoutesTest {

    private static final String CORE = "c0".repeat(56);
    private static final String ADMINISTRATOR = "ad".repeat(56);
    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");

    private final WebTarget target;
    private final State state;
    private final HttpClient client = HttpClient.newHttpClient();

    @Inject
    UnservedRoutesTest(WebTarget target, State state) {
        this.target = target;
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    static Stream<RouteRow> unserved() {
        return RouteRow.ofServedVersions()
                .filter(row -> !ServedRoutes.contains(row.endpoint().method(), row.template()));
    }

    static Stream<RouteRow> unservedReads() {
        return unserved().filter(row -> row.method().equals("GET"));
    }

    static Stream<RouteRow> refused() {
        return unserved().filter(row -> row.endpoint().isRefused());
    }

    static Stream<RouteRow> closed() {
        return RouteRow.ofServedVersions().filter(row -> !row.isOpen());
    }

    static Stream<String> templates() {
        return RouteRow.ofServedVersions()
                .filter(row -> !row.endpoint().method().equals("ANY"))
                .map(RouteRow::template)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("unserved")
    void whatNoResourceServesSaysWhy(RouteRow row) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(row.method(), row.path(), tokenFor(row));

        if (row.endpoint().isRefused()) {
            Refusals.Refusal refusal = Refusals.of(row.path()).orElseThrow();
            assertEquals(400, answer.statusCode());
            assertEquals("application/json", type(answer));
            assertEquals(
                    json("{'result': 'error', 'message': '" + refusal.subject()
                            + " is not supported in Kubernetes runtime', 'error_key': 'runtime_not_supported_error',"
                            + " 'extra_fields': {'feature': '" + refusal.feature() + "', 'runtime': 'kubernetes'}}"),
                    json(answer.body()));
            return;
        }
        String message = row.method() + " " + row.path() + " is not available yet";
        assertEquals(503, answer.statusCode());
        assertEquals(row.shape(), type(answer));
        if (type(answer).equals("application/json")) {
            assertEquals(
                    json("{'result': 'error', 'message': '" + message + "', 'error_key': 'runtime_not_ready_error'}"),
                    json(answer.body()));
        } else {
            assertEquals(message, answer.body());
        }
    }

    @ParameterizedTest
    @MethodSource("unservedReads")
    void headIsAnsweredLikeGetWithoutTheBody(RouteRow row) throws IOException, InterruptedException {
        HttpResponse<String> get = send("GET", row.path(), tokenFor(row));
        HttpResponse<String> head = send("HEAD", row.path(), tokenFor(row));

        assertEquals(get.statusCode(), head.statusCode());
        assertEquals(type(get), type(head));
        assertEquals("", head.body());
    }

    /** The body is announced and never sent: who waits for it never answers. */
    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedByNameDoesNotWaitForTheBody(RouteRow row) throws IOException {
        URI server = target.getUri();
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) DEADLINE.toMillis());
            socket.getOutputStream()
                    .write("%s %s HTTP/1.1\r\nHost: x\r\nX-Supervisor-Token: %s\r\nContent-Length: 1000\r\n\r\n"
                            .formatted(row.method(), row.path(), ADMINISTRATOR)
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertEquals("HTTP/1.1 400 Bad Request", answer.readLine());
        }
    }

    @ParameterizedTest
    @MethodSource("closed")
    void theTokenIsAskedForBeforeAnythingElse(RouteRow row) throws IOException, InterruptedException {
        assertPlain(401, "401: Unauthorized", send(row.method(), row.path(), null));
        assertPlain(403, "403: Forbidden", send(row.method(), row.path(), "00".repeat(56)));
    }

    @ParameterizedTest
    @MethodSource("templates")
    void anotherMethodIsToldWhichThereAre(String template) throws IOException, InterruptedException {
        RouteRow row = RouteRow.ofServedVersions()
                .filter(one -> one.template().equals(template))
                .findFirst()
                .orElseThrow();
        TreeSet<String> there = new TreeSet<>();
        RouteRow.ofServedVersions()
                .filter(other -> other.matches(row.path()))
                .forEach(other -> there.add(other.endpoint().method()));
        String allow = String.join(",", withHead(there));

        for (String method : METHODS) {
            if (!there.contains(method)) {
                HttpResponse<String> answer = send(method, row.path(), tokenFor(row));
                assertPlain(405, "405: Method Not Allowed", answer);
                assertEquals(allow, answer.headers().firstValue("Allow").orElse(""), method);
            }
        }
    }

    @Test
    void anUnknownPathAndThePanelFilesAreUnknown() throws IOException, InterruptedException {
        for (String path : List.of(
                "/",
                "/host",
                "/host/nothing",
                "/core/info/more",
                "/v2/core/info/more",
                "/v2/nothing",
                "/app/entry.js",
                "/application.wadl")) {
            assertPlain(404, "404: Not Found", send("GET", path, CORE));
            assertPlain(404, "404: Not Found", send("POST", path, CORE));
        }
    }

    /** Upstream knows no OPTIONS, and asks for no Accept outside of logs. */
    @ParameterizedTest
    @CsvSource({"/supervisor/ping, true", "/cli/stats, false"})
    void aServedRouteAnswersOptionsLikeOneThatIsNotServed(String path, boolean isServed)
            throws IOException, InterruptedException {
        assertEquals(isServed, ServedRoutes.contains("GET", path));
        HttpResponse<String> answer = send("OPTIONS", path, ADMINISTRATOR);

        assertPlain(405, "405: Method Not Allowed", answer);
        assertEquals("GET,HEAD", answer.headers().firstValue("Allow").orElse(""));
    }

    @Test
    void theAcceptHeaderDecidesNothing() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create(target.getUri().toString().replaceAll("/$", "") + "/supervisor/ping"))
                        .header("Accept", "image/png")
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertEquals(200, answer.statusCode());
        assertEquals("application/json", type(answer));
    }

    @Test
    void inNoOtherStateIsAnythingTold() throws IOException, InterruptedException {
        state.enter(SupervisorState.SETUP);
        HttpResponse<String> answer = send("POST", "/host/reboot", ADMINISTRATOR);

        assertEquals(400, answer.statusCode());
        assertTrue(answer.body().contains("\"error_key\":\"system_not_ready_error\""), answer.body());
    }

    private static Set<String> withHead(Set<String> methods) {
        Set<String> more = new TreeSet<>(methods);
        if (more.contains("GET")) {
            more.add("HEAD");
        }
        return more;
    }

    private static String tokenFor(RouteRow row) {
        return row.endpoint().role().equals("core-only") ? CORE : ADMINISTRATOR;
    }

    private HttpResponse<String> send(String method, String path, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(target.getUri().toString().replaceAll("/$", "") + path))
                .timeout(DEADLINE)
                .method(
                        method,
                        List.of("GET", "HEAD").contains(method)
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString("{no json"));
        if (token != null) {
            request.header("X-Supervisor-Token", token);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void assertPlain(int status, String text, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode());
        assertEquals(text, answer.body());
        assertEquals("text/plain", type(answer));
    }

    private static String type(HttpResponse<String> answer) {
        return answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
    }
}
