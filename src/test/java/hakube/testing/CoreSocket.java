package hakube.testing;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The WebSocket of Home Assistant Core, for one command. */
public final class CoreSocket implements WebSocket.Listener {

    static final Gson GSON = new Gson();

    /** All but events: the first of them may come before the answer to whoever subscribes. */
    private final BlockingQueue<JsonObject> received = new LinkedBlockingQueue<>();

    private final Queue<JsonObject> events = new ConcurrentLinkedQueue<>();
    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final StringBuilder part = new StringBuilder();

    private CoreSocket() {}

    /** @throws IOException when Core refuses it, or the time is over */
    static JsonElement ask(
            HttpClient http, URI core, String access, String type, Map<String, Object> fields, Duration limit)
            throws IOException {
        try (Open answered = open(http, core, access, type, fields, limit)) {
            return answered.result();
        }
    }

    /** An event, and when it had come in whole ({@link System#nanoTime}). */
    public record Arrival(long nanoTime, JsonObject event) {}

    /** A subscription. @param result of its command */
    public record Open(CoreSocket socket, WebSocket connection, JsonElement result) implements AutoCloseable {

        /** Contents of all events so far. */
        public List<JsonObject> events() {
            return List.copyOf(socket.events);
        }

        /** All {@code supervisor/event}s of one kind so far. */
        public List<Arrival> arrivals(String kind) {
            return socket.arrivals.stream()
                    .filter(arrival -> kind.equals(arrival.event().get("event").getAsString()))
                    .toList();
        }

        @Override
        public void close() {
            connection.abort();
        }
    }

    /** As {@link #ask}, and stays open. */
    static Open open(HttpClient http, URI core, String access, String type, Map<String, Object> fields, Duration limit)
            throws IOException {
        URI address = URI.create("ws://" + core.getAuthority() + "/api/websocket");
        CoreSocket socket = new CoreSocket();
        try {
            WebSocket connection =
                    http.newWebSocketBuilder().buildAsync(address, socket).get(limit.toSeconds(), TimeUnit.SECONDS);
            return socket.begin(connection, access, type, fields, limit);
        } catch (ExecutionException | TimeoutException failure) {
            throw new IOException(type + ": " + failure.getMessage(), failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            long now = System.nanoTime();
            JsonObject message = JsonParser.parseString(part.toString()).getAsJsonObject();
            if (message.get("type").getAsString().equals("event")) {
                happen(message.getAsJsonObject("event"), now);
            } else {
                received.add(message);
            }
            part.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private void happen(JsonObject event, long nanoTime) {
        events.add(event);
        if (event.has("event")) {
            arrivals.add(new Arrival(nanoTime, event));
        }
    }

    /** Ends the connection when the command fails. */
    private Open begin(WebSocket connection, String access, String type, Map<String, Object> fields, Duration limit)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        boolean isGood = false;
        try {
            JsonElement result = talk(connection, access, type, fields, limit);
            isGood = true;
            return new Open(this, connection, result);
        } finally {
            if (!isGood) {
                connection.abort();
            }
        }
    }

    private JsonElement talk(WebSocket socket, String access, String type, Map<String, Object> fields, Duration limit)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        next(limit, "auth_required");
        send(socket, Map.of("type", "auth", "access_token", access), limit);
        next(limit, "auth_ok");
        Map<String, Object> command = new LinkedHashMap<>(fields);
        command.put("id", 1);
        command.put("type", type);
        send(socket, command, limit);
        JsonObject answer = next(limit, "result");
        if (!answer.get("success").getAsBoolean()) {
            throw new IOException(type + ": " + answer);
        }
        return answer.get("result");
    }

    private static void send(WebSocket socket, Map<String, Object> message, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        socket.sendText(GSON.toJson(message), true).get(limit.toSeconds(), TimeUnit.SECONDS);
    }

    private JsonObject next(Duration limit, String type) throws IOException, InterruptedException {
        JsonObject message = received.poll(limit.toSeconds(), TimeUnit.SECONDS);
        if (message == null || !message.get("type").getAsString().equals(type)) {
            throw new IOException(type + " was awaited, not " + message);
        }
        return message;
    }
}
