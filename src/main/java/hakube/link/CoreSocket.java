package hakube.link;

import hakube.core.CoreAddress;
import hakube.relay.CoreLinkConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection to Core's WebSocket, logged in: commands with growing ids, each answered by a result with its id (core:
 * {@code components/websocket_api}, 2026.11). It ends once and is not opened again.
 */
final class CoreSocket {

    private static final Duration LOGIN = Duration.ofSeconds(10);
    /** A Core that takes no frame for so long is not there any more. */
    private static final Duration SEND = Duration.ofSeconds(10);

    /** A busy Core may need a while. */
    private static final int MOST_UNHEARD = 6;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final CoreFrames frames = new CoreFrames(this::receive, this::fail);
    private final Map<Integer, CompletableFuture<JsonObject>> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock sending = new ReentrantLock();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<JsonObject> greeting = new CompletableFuture<>();
    private final CompletableFuture<JsonObject> loggedIn = new CompletableFuture<>();
    private final AtomicBoolean heard = new AtomicBoolean(true);
    private final CoreAddress address;
    private volatile WebSocket socket;
    private int unheard;
    private int lastId;

    private CoreSocket(CoreAddress address) {
        this.address = address;
    }

    /** What Core refused, which says nothing against the connection. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /** Connects and logs in. @throws CoreAway it does not come to that within 10 s */
    static CoreSocket open(CoreClient client, AccessTokens tokens, CoreAddress address) throws CoreAway {
        CoreSocket made = new CoreSocket(address);
        try {
            Deadline deadline = Deadline.in(LOGIN);
            made.connect(client, deadline);
            made.logIn(tokens, deadline);
            return made;
        } catch (CoreAway failure) {
            made.close();
            throw failure;
        }
    }

    CoreAddress address() {
        return address;
    }

    /** Core's version, as it said. */
    String version() {
        return greeting.getNow(JsonValue.EMPTY_JSON_OBJECT).getString("ha_version", "of unknown version");
    }

    /** Is done when the connection has ended, however. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /**
     * Sends a command and waits for its result.
     *
     * @param fields beside {@code id} and {@code type}
     * @return {@code result} of the answer
     * @throws CoreAway the connection ended, or the time is over
     */
    JsonValue command(String type, Map<String, ?> fields, Duration limit) throws CoreAway, Refused {
        Deadline deadline = Deadline.in(limit);
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        int id = send(type, fields, answer);
        try {
            JsonObject result = deadline.await(answer);
            if (!result.getBoolean("success", false)) {
                throw new Refused("Core refuses " + type + ": " + result.get("error"));
            }
            return result.getOrDefault("result", JsonValue.NULL);
        } finally {
            waiting.remove(id);
        }
    }

    /** Asks for a sign of life; ends the connection when none came for {@value #MOST_UNHEARD} times, or it takes no frame. By one thread. */
    void probe() {
        unheard = heard.getAndSet(false) ? 0 : unheard + 1;
        if (unheard >= MOST_UNHEARD) {
            fail(new CoreAway("Core is silent"));
        } else {
            socket.sendPing(NOTHING.duplicate()).whenComplete((sent, failure) -> {
                if (failure != null) {
                    fail(new CoreAway("Core takes no frame", failure));
                }
            });
        }
    }

    void close() {
        fail(new CoreAway("the connection to Core was closed"));
    }

    private void connect(CoreClient client, Deadline deadline) throws CoreAway {
        String base = address.base().toString().replaceFirst("^http", "ws");
        WebSocket.Builder builder = client.http().newWebSocketBuilder();
        if (address instanceof CoreAddress.Linked linked) {
            builder.header(CoreLinkConfig.HEADER, linked.token());
        }
        CompletableFuture<WebSocket> opening = builder.buildAsync(URI.create(base + "/api/websocket"), frames);
        opening.thenAccept(this::adopt);
        try {
            // Its callback may come a moment later.
            adopt(deadline.await(opening));
        } catch (CoreAway failure) {
            throw failure.getCause() instanceof WebSocketHandshakeException refused
                    ? new CoreAway(explain(refused.getResponse().statusCode()), refused)
                    : failure;
        }
    }

    /** Also one that comes when nobody waits for it any more. */
    private void adopt(WebSocket opened) {
        socket = opened;
        if (ended.isDone()) {
            opened.abort();
        }
    }

    private void logIn(AccessTokens tokens, Deadline deadline) throws CoreAway {
        switch (address) {
            case CoreAddress.Linked _ -> require("auth_ok", deadline.await(greeting));
            case CoreAddress.Direct direct -> {
                require("auth_required", deadline.await(greeting));
                String token = tokens.of(direct, deadline);
                deadline.await(socket.sendText(Wire.text(Map.of("type", "auth", "access_token", token)), true));
                JsonObject answer = deadline.await(loggedIn);
                if (!answer.getString("type", "").equals("auth_ok")) {
                    tokens.forget(token);
                }
                require("auth_ok", answer);
            }
        }
    }

    private int send(String type, Map<String, ?> fields, CompletableFuture<JsonObject> answer) throws CoreAway {
        Deadline deadline = Deadline.in(SEND);
        deadline.lock(sending);
        try {
            int id = ++lastId;
            Map<String, Object> command = new LinkedHashMap<>();
            command.put("id", id);
            command.put("type", type);
            command.putAll(fields);
            String text = Wire.text(command);
            waiting.put(id, answer);
            if (ended.isDone()) {
                throw new CoreAway("the connection to Core has ended");
            }
            deadline.await(socket.sendText(text, true));
            return id;
        } catch (CoreAway failure) {
            // A frame may have gone half-way: whatever came after it would be taken for its rest.
            fail(failure);
            throw failure;
        } finally {
            sending.unlock();
        }
    }

    private void receive(String text) throws CoreAway {
        heard.set(true);
        if (text.isEmpty()) {
            return;
        }
        JsonObject message = Wire.object(text);
        if (!greeting.isDone()) {
            greeting.complete(message);
        } else if (message.getString("type", "").startsWith("auth_")) {
            loggedIn.complete(message);
        } else if (message.getString("type", "").equals("result")) {
            CompletableFuture<JsonObject> answer = waiting.remove(message.getInt("id", 0));
            if (answer != null) {
                answer.complete(message);
            }
        }
    }

    private void fail(CoreAway cause) {
        if (ended.complete(null)) {
            WebSocket open = socket;
            if (open != null) {
                open.abort();
            }
        }
        greeting.completeExceptionally(cause);
        loggedIn.completeExceptionally(cause);
        waiting.values().forEach(answer -> answer.completeExceptionally(cause));
    }

    private static void require(String type, JsonObject message) throws CoreAway {
        String said = message.getString("type", "");
        if (!said.equals(type)) {
            throw new CoreAway("Core says " + said + " where " + type + " is due");
        }
    }

    private static String explain(int status) {
        return switch (status) {
            case 403 -> "the Core link does not know the token: a restart of Home Assistant gives it the right one";
            case 502, 504 -> "Core does not serve yet";
            default -> "Core opens no WebSocket: status " + status;
        };
    }
}
