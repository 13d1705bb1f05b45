package hakube.link;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The link side of Core: HTTP routes of the test's choice, and a WebSocket that answers every command. It can be silent and can
 * drop its connections.
 */
public final class FakeCore implements AutoCloseable {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final ServerSocket listener;
    private final Map<String, Function<Request, Reply>> routes = new ConcurrentHashMap<>();
    private final Map<String, String> results = new ConcurrentHashMap<>();
    private final Queue<Request> requests = new ConcurrentLinkedQueue<>();
    private final List<JsonObject> commands = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile String linkToken = "";
    private volatile String accessToken = "";
    private volatile boolean isSilent;

    /** @param path with query; headers by lower-case names */
    public record Request(String method, String path, Map<String, String> headers, String body) {}

    public record Reply(int status, String body) {}

    /** @param port 0 for any */
    public FakeCore(String address, int port) throws IOException {
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral(address), port));
        on("GET /api/core/state", _ -> new Reply(200, "{\"state\":\"RUNNING\"}"));
        on("GET /api/core/http_config", _ -> new Reply(404, ""));
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Only who has this token in the link's header is let in, as by the side-car. */
    public FakeCore behindLink(String token) {
        linkToken = token;
        return this;
    }

    /** Asks for this access token, as at Core's own port. */
    FakeCore asking(String token) {
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
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Commands of the WebSocket, over all connections. */
    List<JsonObject> commands() {
        return List.copyOf(commands);
    }

    /** {@code data} of all {@code supervisor/event}s. */
    List<JsonObject> events() {
        return commands.stream()
                .filter(command -> command.get("type").getAsString().equals("supervisor/event"))
                .map(command -> command.getAsJsonObject("data"))
                .toList();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropAll();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            while (true) {
                Request request = read(in);
                requests.add(request);
                if (!linkToken.isEmpty() && !linkToken.equals(request.headers().get("x-hakube-link"))) {
                    send(out, new Reply(403, ""));
                } else if (request.path().equals("/api/websocket")) {
                    upgrade(out, request.headers().get("sec-websocket-key"));
                    talk(new DataInputStream(in), out);
                    return;
                } else if (!accessToken.isEmpty()
                        && request.path().startsWith("/api/")
                        && !("Bearer " + accessToken).equals(request.headers().get("authorization"))) {
                    send(out, new Reply(401, ""));
                } else {
                    send(
                            out,
                            routes.getOrDefault(request.method() + " " + request.path(), _ -> new Reply(404, ""))
                                    .apply(request));
                }
            }
        } catch (Exception gone) {
            // Its client sees that the connection ends.
        }
    }

    private void talk(DataInputStream in, OutputStream out) throws IOException {
        if (accessToken.isEmpty()) {
            frame(out, 1, "{\"type\":\"auth_ok\",\"ha_version\":\"2026.11.0\"}");
        } else {
            frame(out, 1, "{\"type\":\"auth_required\",\"ha_version\":\"2026.2.3\"}");
        }
        while (true) {
            int opcode = in.readUnsignedByte() & 15;
            String text = payload(in);
            switch (opcode) {
                case 1 -> answer(out, JsonParser.parseString(text).getAsJsonObject());
                case 8 -> {
                    return;
                }
                case 9 -> frame(out, 10, text);
                default -> {}
            }
        }
    }

    private void answer(OutputStream out, JsonObject message) throws IOException {
        String type = message.get("type").getAsString();
        if (type.equals("auth")) {
            boolean isGood = message.get("access_token").getAsString().equals(accessToken);
            frame(out, 1, "{\"type\":\"" + (isGood ? "auth_ok" : "auth_invalid") + "\"}");
            return;
        }
        commands.add(message);
        if (!isSilent) {
            String result = results.getOrDefault(type, "null");
            String outcome = result.equals("error")
                    ? "\"success\":false,\"error\":{\"code\":\"unknown\"}"
                    : "\"success\":true,\"result\":" + result;
            frame(out, 1, "{\"id\":" + message.get("id") + ",\"type\":\"result\"," + outcome + "}");
        }
    }

    private static void upgrade(OutputStream out, String key) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
    }

    private static String payload(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte() & 127;
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] mask = in.readNBytes(4);
        byte[] bytes = in.readNBytes(length);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= mask[i % 4];
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static synchronized void frame(OutputStream out, int opcode, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(128 | opcode);
        if (bytes.length < 126) {
            frame.write(bytes.length);
        } else {
            frame.write(126);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.write(bytes);
        out.write(frame.toByteArray());
        out.flush();
    }

    private static Request read(InputStream in) throws IOException {
        String[] first = line(in).split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(first[0], first[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the client is gone");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static void send(OutputStream out, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + reply.status() + " X\r\nContent-Length: " + body.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }
}
