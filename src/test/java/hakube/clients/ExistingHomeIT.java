package hakube.clients;

import static hakube.clients.JoinedCore.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.RawWebSocket;
import hakube.testing.SupervisorProcess.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The real Home Assistant Core with a home that nobody had prepared: it is given trusted proxies to try, and keeps them; an app
 * reaches its API by the Supervisor.
 */
class ExistingHomeIT {

    @TempDir
    private static Path folder;

    private static JoinedCore joined;

    @BeforeAll
    static void join() throws Exception {
        joined = JoinedCore.in(
                folder,
                CoreHome.existing().with("caller", "homeassistant_api: true").with("stranger", "auth_api: true"));
        joined.followTheTrial();
    }

    @AfterAll
    static void leave() throws Exception {
        if (joined != null) {
            joined.close();
        }
    }

    @Test
    void theProxiesWereTriedAndAreKept() throws Exception {
        JsonObject config = joined.core().command("http/config", Map.of()).getAsJsonObject();

        assertTrue(config.get("pending").isJsonNull(), config.toString());
        assertTrue(config.get("revert_at").isJsonNull(), config.toString());
        JsonObject stable = config.getAsJsonObject("stable");
        assertEquals("[\"127.0.0.0/8\"]", stable.get("trusted_proxies").toString());
        assertTrue(stable.get("use_x_forwarded_for").getAsBoolean());
        assertEquals(joined.coreInfo().get("port"), stable.get("server_port"));
    }

    @Test
    void nothingIsLeftToRepair() throws Exception {
        assertEquals(List.of(), joined.repairsOf("http"));
    }

    @Test
    void aProxyIsAnswered() throws Exception {
        URI page = URI.create(
                "http://" + joined.pod().address() + ":" + joined.coreInfo().get("port") + "/manifest.json");
        HttpURLConnection connection = (HttpURLConnection) page.toURL().openConnection();
        connection.setRequestProperty("X-Forwarded-For", "192.0.2.7");

        assertEquals(200, connection.getResponseCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core", "/homeassistant"})
    void anAppReadsAndWritesStates(String root) throws Exception {
        Answer written = ask("POST", root + "/api/states/sensor.five", "{\"state\": \"7\"}");
        assertTrue(written.status() == 200 || written.status() == 201, written.toString());

        assertEquals("7", ask("GET", root + "/api/states/sensor.five", "").text("state"));
        JsonArray all = JsonParser.parseString(
                        ask("GET", root + "/api/states", "").body())
                .getAsJsonArray();
        assertTrue(all.toString().contains("sensor.five"));
        assertEquals(404, ask("GET", root + "/api/states/sensor.nobody", "").status());
    }

    @Test
    void anAppCallsAService() throws Exception {
        Answer answer =
                ask("POST", "/core/api/services/persistent_notification/create", "{\"message\": \"said by an app\"}");

        assertEquals(200, answer.status(), answer.body());
        joined.core().await("the notification", LIMIT, () -> notifications().contains("said by an app"));
    }

    @Test
    void anAppHearsTheStreamOfEvents() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(joined.supervisor().api().resolve("/core/api/stream"))
                .header("Authorization", "Bearer " + joined.tokenOf("caller"))
                .timeout(LIMIT)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> stream = client.send(request, BodyHandlers.ofInputStream());
            assertEquals(200, stream.statusCode());
            assertEquals(
                    "text/event-stream",
                    stream.headers().firstValue("Content-Type").orElse(""));
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
                assertTrue(until(lines, line -> line.startsWith("data:")));
                ask("POST", "/core/api/events/said_by_an_app", "{\"words\": \"in the stream\"}");
                assertTrue(until(lines, line -> line.startsWith("data:") && line.contains("in the stream")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/core/websocket", "/core/api/websocket", "/homeassistant/websocket"})
    void anAppTalksByTheWebSocket(String path) throws Exception {
        try (RawWebSocket socket = RawWebSocket.connect(joined.supervisor().api(), path)) {
            assertEquals("auth_required", next(socket).get("type").getAsString());
            send(socket, Map.of("type", "auth", "access_token", joined.tokenOf("caller")));
            JsonObject welcome = next(socket);
            assertEquals("auth_ok", welcome.get("type").getAsString());
            assertEquals("2026.11.0", welcome.get("ha_version").getAsString());

            send(socket, Map.of("id", 1, "type", "get_states"));
            assertTrue(result(socket, 1).get("success").getAsBoolean());
            send(socket, Map.of("id", 2, "type", "subscribe_events", "event_type", "said_by_an_app"));
            assertTrue(result(socket, 2).get("success").getAsBoolean());
            ask("POST", "/core/api/events/said_by_an_app", "{\"words\": \"by the socket\"}");
            JsonObject event = next(socket);
            assertEquals("event", event.get("type").getAsString(), event.toString());
            assertTrue(event.toString().contains("by the socket"), event.toString());

            send(socket, Map.of("id", 3, "type", "supervisor/api", "endpoint", "/info", "method", "get"));
            JsonObject refused = result(socket, 3);
            assertFalse(refused.get("success").getAsBoolean());
            assertEquals(
                    "unauthorized", refused.getAsJsonObject("error").get("code").getAsString());
            send(socket, Map.of("id", 4, "type", "ping"));
            assertEquals("pong", next(socket).get("type").getAsString());
        }
    }

    @Test
    void anAppWithoutTheRightIsNobody() throws Exception {
        String stranger = joined.tokenOf("stranger");
        assertEquals(
                401,
                joined.supervisor().ask("GET", "/core/api/states", "", stranger).status());
        assertEquals(
                401,
                joined.supervisor()
                        .ask("GET", "/homeassistant/api/states", "", stranger)
                        .status());
        try (RawWebSocket socket = RawWebSocket.connect(joined.supervisor().api(), "/core/websocket")) {
            next(socket);
            send(socket, Map.of("type", "auth", "access_token", stranger));
            assertEquals("auth_invalid", next(socket).get("type").getAsString());
        }
    }

    /** What would be the Supervisor's own right is closed, with whatever token. */
    @Test
    void theWayBackIntoTheSupervisorIsClosed() throws Exception {
        assertEquals(403, ask("GET", "/core/api/hassio/info", "").status());
        assertEquals(403, ask("POST", "/core/api/hassio_auth", "{}").status());
    }

    private static Answer ask(String method, String path, String body) throws IOException {
        return joined.supervisor().ask(method, path, body, joined.tokenOf("caller"));
    }

    private static String notifications() {
        try {
            return joined.core()
                    .command("persistent_notification/get", Map.of())
                    .toString();
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static boolean until(BufferedReader lines, Predicate<String> wanted) throws IOException {
        String line = lines.readLine();
        while (line != null && !wanted.test(line)) {
            line = lines.readLine();
        }
        return line != null;
    }

    private static void send(RawWebSocket socket, Map<String, Object> message) throws IOException {
        socket.send(new com.google.gson.Gson().toJson(message));
    }

    private static JsonObject next(RawWebSocket socket) throws IOException {
        RawWebSocket.Frame frame = socket.receive();
        while (frame.opcode() == RawWebSocket.PING) {
            frame = socket.receive();
        }
        return JsonParser.parseString(frame.text()).getAsJsonObject();
    }

    private static JsonObject result(RawWebSocket socket, int id) throws IOException {
        JsonObject answer = next(socket);
        assertEquals("result", answer.get("type").getAsString(), answer.toString());
        assertEquals(id, answer.get("id").getAsInt());
        return answer;
    }
}
