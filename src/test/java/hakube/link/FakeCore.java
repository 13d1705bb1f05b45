package hakube.link;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.LoopbackApp;
import hakube.testing.RawWebSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The link side of Core: HTTP routes of the test's choice, and a WebSocket that answers every command. It can be silent and can
 * drop its connections.
 */
public final class FakeCore implements AutoCloseable {

    private final LoopbackApp server;
    private final Map<String, Function<Request, Reply>> routes = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<JsonObject> commands = new CopyOnWriteArrayList<>();
    private volatile String linkToken = "";
    private volatile String accessToken = "";
    private volatile boolean isSilent;

    /** @param head request line and headers */
    public record Request(LoopbackApp.Request head, String body) {

        public String method() {
            return head.method();
        }

        /** With query. */
        public String path() {
            return head.target();
        }

        public Optional<String> header(String name) {
            return head.first(name);
        }
    }

    public record Reply(int status, String body) {}

    /** @param port 0 for any */
    public FakeCore(String address, int port) throws IOException {
        server = LoopbackApp.listen(address, port);
        server.otherwise(this::serve);
        on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"RUNNING\"}"));
        on("GET /api/core/http_config", _ -> new Reply(404, ""));
    }

    public int port() {
        return server.address().getPort();
    }

    /** Only who has this token in the link's header is let in, as by the side-car. */
    public FakeCore behindLink(String token) {
        linkToken = token;
        return this;
    }

    /** Asks for this access token, as at Core's own port. */
    public FakeCore asking(String token) {
        accessToken = token;
        return this;
    }

    /** @param route method and path */
    public void on(String route, Function<Request, Reply> answer) {
        routes.put(route, answer);
    }

    /** What a command of this type results in, JSON; {@code null} else. {@code error} refuses it. */
    public void result(String type, String json) {
        results.put(type, json);
    }

    /** Takes commands and answers none. */
    void silent(boolean silent) {
        isSilent = silent;
    }

    /** All connections end, as when Core ends. */
    void dropAll() throws IOException {
        server.dropAll();
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** How often it was asked so. @param route method and path */
    long asked(String route) {
        return requests.stream()
                .filter(request -> (request.method() + " " + request.path()).equals(route))
                .count();
    }

    /** Commands of the WebSocket, over all connections. */
    public List<JsonObject> commands() {
        return List.copyOf(commands);
    }

    /** {@code data} of all {@code supervisor/event}s. */
    public List<JsonObject> events() {
        return commands.stream()
                .filter(command -> command.get("type").getAsString().equals("supervisor/event"))
                .map(command -> command.getAsJsonObject("data"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve(LoopbackApp.Request head, LoopbackApp.Wire wire) throws IOException {
        byte[] body = LoopbackApp.body(head, wire);
        Request request = new Request(head, new String(body, StandardCharsets.UTF_8));
        requests.add(request);
        if (!linkToken.isEmpty() && !isSaid(request, "X-Hakube-Link", linkToken)) {
            send(wire, new Reply(403, ""));
        } else if (request.path().equals("/api/websocket")) {
            try (RawWebSocket socket = RawWebSocket.accept(head, wire)) {
                talk(socket);
            }
        } else if (!accessToken.isEmpty()
                && request.path().startsWith("/api/")
                && !isSaid(request, "Authorization", "Bearer " + accessToken)) {
            send(wire, new Reply(401, ""));
        } else {
            send(
                    wire,
                    routes.getOrDefault(request.method() + " " + request.path(), _ -> new Reply(404, ""))
                            .apply(request));
        }
    }

    private static boolean isSaid(Request request, String header, String value) {
        return request.header(header).equals(Optional.of(value));
    }

    private void talk(RawWebSocket socket) throws IOException {
        socket.send(
                accessToken.isEmpty()
                        ? "{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}"
                        : "{\"type\":\"auth_required\",\"ha_version\":\"2026.2.3\"}");
        while (true) {
            RawWebSocket.Frame frame = socket.receive();
            switch (frame.opcode()) {
                case RawWebSocket.TEXT ->
                    answer(socket, JsonParser.parseString(frame.text()).getAsJsonObject());
                case RawWebSocket.CLOSE -> {
                    return;
                }
                case RawWebSocket.PING -> socket.send(RawWebSocket.FINAL | RawWebSocket.PONG, frame.content());
                default -> {}
            }
        }
    }

    private void answer(RawWebSocket socket, JsonObject message) throws IOException {
        String type = message.get("type").getAsString();
        if (type.equals("auth")) {
            boolean isGood = message.get("access_token").getAsString().equals(accessToken);
            socket.send("{\"type\":\"" + (isGood ? "auth_ok" : "auth_invalid") + "\"}");
            return;
        }
        commands.add(message);
        if (!isSilent) {
            String result = results.getOrDefault(type, "null");
            String outcome = result.equals("error")
                    ? "\"success\":false,\"error\":{\"code\":\"unknown\"}"
                    : "\"success\":true,\"result\":" + result;
            socket.send("{\"id\":" + message.get("id") + ",\"type\":\"result\"," + outcome + "}");
        }
    }

    private static void send(LoopbackApp.Wire wire, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        wire.say("HTTP/1.1 " + reply.status() + " X\r\nContent-Length: " + body.length + "\r\n\r\n");
        wire.say(body);
    }
}
