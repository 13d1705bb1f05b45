package hakube.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The real Home Assistant Core of PyPI, a process that is a client of a Supervisor ({@code src/test/tools/home-assistant}). It
 * finds no name of the network, so that it stays on this machine.
 */
public final class HomeAssistant implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final Path folder;
    private final URI client;
    private final URI supervisor;
    private URI address;
    private String token;
    private String version = "";
    private Path socket;
    private Optional<String> restoreJob = Optional.empty();
    private Process process;
    private boolean hasRun;
    private String refreshToken;

    /**
     * @param folder of its configuration and its log; empty
     * @param address where it listens
     * @param supervisor what it is told as the Supervisor's address
     * @param token its own at the Supervisor
     */
    public HomeAssistant(Path folder, URI address, URI supervisor, String token) {
        this.folder = folder;
        this.address = address;
        this.client = address.resolve("/");
        this.supervisor = supervisor;
        this.token = token;
    }

    /** From the next start on it makes this Unix socket for its Supervisor; the path is short and below {@code /tmp}. */
    public HomeAssistant withSocket(Path path) {
        socket = path;
        return this;
    }

    /** It is this version, of which {@code src/test/tools/requirements} has a file. */
    public HomeAssistant withVersion(String older) {
        version = older;
        return this;
    }

    /** From the next start on it follows that restore, or none. @param job of the Supervisor */
    public void follow(Optional<String> job) {
        restoreJob = job;
    }

    /** From the next start on it listens there and has this token. */
    public void moveTo(URI other, String otherToken) {
        address = other;
        token = otherToken;
    }

    /**
     * Starts it with an empty home, or with the one that it had, and returns when its port answers. Its Python environment has
     * to be there.
     */
    public void start() throws IOException {
        Files.createDirectories(folder);
        ProcessBuilder builder = new ProcessBuilder(
                PythonEnvironment.tool("home-assistant"),
                folder.resolve("config").toString(),
                supervisor.getAuthority(),
                address.getHost(),
                Integer.toString(address.getPort()));
        builder.environment().put("SUPERVISOR_TOKEN", token);
        builder.environment().put("HAKUBE_HOME_ASSISTANT", version);
        if (socket != null) {
            builder.environment().put("SUPERVISOR_CORE_API_SOCKET", socket.toString());
        }
        restoreJob.ifPresent(job -> builder.environment().put("SUPERVISOR_RESTORE_JOB_ID", job));
        process = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("log.txt").toFile()))
                .start();
        await("its port", START, () -> !process.isAlive() || answers());
        if (!process.isAlive()) {
            throw new IOException("Core ended: " + log());
        }
        hasRun = true;
    }

    /** Makes an owner and goes through the questions of a new home. */
    public void onboard() throws IOException {
        String code = post(
                        "/api/onboarding/users",
                        json(Map.of(
                                "client_id", client.toString(),
                                "name", "Test",
                                "username", "test",
                                "password", "test",
                                "language", "en")),
                        "")
                .get("auth_code")
                .getAsString();
        redeem(code);
        String access = accessToken();
        post("/api/onboarding/core_config", "{}", access);
        post("/api/onboarding/analytics", "{}", access);
        post(
                "/api/onboarding/integration",
                json(Map.of("client_id", client.toString(), "redirect_uri", client.toString())),
                access);
    }

    /** What it knows the browser of its owner by. */
    public URI client() {
        return client;
    }

    /** Whoever has just logged in is its owner from now on. @param code what the log-in ended with */
    public void redeem(String code) throws IOException {
        refreshToken = form(Map.of("client_id", client.toString(), "grant_type", "authorization_code", "code", code))
                .get("refresh_token")
                .getAsString();
    }

    /** One command of the WebSocket, as the owner; fails unless it succeeds. */
    public JsonElement command(String type, Map<String, Object> fields) throws IOException {
        return CoreSocket.ask(http, address, accessToken(), type, fields, ANSWER);
    }

    /** Opens the WebSocket, as the owner, and sends a command whose answers come for as long as the socket is open. */
    public CoreSocket.Open subscribe(String type) throws IOException {
        return CoreSocket.open(http, address, accessToken(), type, Map.of(), ANSWER);
    }

    /** All that it has logged so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("log.txt"));
        } catch (IOException failure) {
            return "";
        }
    }

    /** Lines of the log that are as grave as this, of one logger and those below it. */
    public List<String> logged(String logger, String... levels) {
        List<String> levelsAsked = List.of(levels);
        return log().lines()
                .filter(line -> line.contains("[" + logger))
                .filter(line -> levelsAsked.stream().anyMatch(level -> line.contains(" " + level + " (")))
                .toList();
    }

    /** As {@link Eventually#holds(String, Duration, Eventually.Question)}; fails with the log. */
    public <E extends Exception> void await(String what, Duration limit, Eventually.Question<E> question) throws E {
        try {
            Eventually.holds(what, limit, question);
        } catch (AssertionError failure) {
            throw new AssertionError(failure.getMessage() + "\n" + log(), failure);
        }
    }

    @Override
    public void close() {
        stop();
        http.close();
    }

    /** Ends it as a pod's end does. */
    public void stop() {
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interruption) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** The page is there until onboarding is done, which may be a matter of a restore; after that its absence is the answer. */
    private boolean answers() {
        try {
            int status = send(HttpRequest.newBuilder(address.resolve("/api/onboarding"))
                            .timeout(ANSWER)
                            .build())
                    .statusCode();
            return status == 200 || (hasRun && status < 500);
        } catch (IOException notYet) {
            return false;
        }
    }

    private String accessToken() throws IOException {
        return form(Map.of(
                        "client_id", client.toString(), "grant_type", "refresh_token", "refresh_token", refreshToken))
                .get("access_token")
                .getAsString();
    }

    /** Asks for something by its owner's token. */
    public HttpResponse<byte[]> get(String path) throws IOException {
        return asOwner(HttpRequest.newBuilder(address.resolve(path)));
    }

    /** Sends something by its owner's token. @param type of the content */
    public HttpResponse<byte[]> post(String path, byte[] content, String type) throws IOException {
        return asOwner(HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(content)));
    }

    private HttpResponse<byte[]> asOwner(HttpRequest.Builder request) throws IOException {
        request.header("Authorization", "Bearer " + accessToken()).timeout(ANSWER);
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    private JsonObject form(Map<String, String> fields) throws IOException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return answer(HttpRequest.newBuilder(address.resolve("/auth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonObject post(String path, String body, String access) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (!access.isEmpty()) {
            request.header("Authorization", "Bearer " + access);
        }
        return answer(request);
    }

    private JsonObject answer(HttpRequest.Builder request) throws IOException {
        HttpResponse<String> answer = send(request.timeout(ANSWER).build());
        if (answer.statusCode() != 200) {
            throw new IOException(answer + " " + answer.body());
        }
        JsonElement body = JsonParser.parseString(answer.body());
        return body.isJsonObject() ? body.getAsJsonObject() : new JsonObject();
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    private static String json(Map<String, Object> fields) {
        return CoreSocket.GSON.toJson(fields);
    }
}
