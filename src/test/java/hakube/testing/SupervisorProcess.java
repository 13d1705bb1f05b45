package hakube.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Supervisor as its users start it: {@code target/hakube.jar} with the image's flags, a process of its own that works in
 * one {@link Space} as its ServiceAccount. Started and ended as often as a test wants; state stays in the share.
 */
public final class SupervisorProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(180);
    private static final Pattern PORTS = Pattern.compile("The API listens on port (\\d+), management on port (\\d+)");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final Space space;
    private final Path folder;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> javaOptions = new ArrayList<>();
    private final List<String> runner = new ArrayList<>();
    private Process process;
    private Path log;
    private int runs;
    private int api;
    private int management;

    /** @param folder of the share and the logs; empty at first */
    public SupervisorProcess(Space space, Path folder) throws IOException {
        this.space = space;
        this.folder = folder;
        Files.createDirectories(share());
        settings.put("SUPERVISOR_SHARE", share().toString());
        settings.put("SUPERVISOR_MACHINE", "generic-x86-64");
        settings.put("SUPERVISOR_K8S_NAMESPACE", space.name());
        settings.put("SUPERVISOR_K8S_KUBECONFIG", space.supervisorKubeconfig().toString());
        settings.put("SUPERVISOR_K8S_STORAGE_MODE", "shared_pvc");
        settings.put("SUPERVISOR_K8S_SHARED_PVC_CLAIM", "ha-shared-rwx");
        settings.put("SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS", "hakube-local");
        settings.put("SUPERVISOR_K8S_SHARED_PVC_SIZE", "1Gi");
        settings.put("SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS", "10.89.0.130");
        settings.put("SUPERVISOR_CORE_IMAGE", "localhost/hakube/core");
        settings.put("SUPERVISOR_CORE_VERSION", "2026.11.0");
        // In a simulated pod nobody but what a test binds to its address is there to relay.
        settings.put("SUPERVISOR_K8S_INGRESS_SOURCE", "direct");
        // Nothing outside of this machine is asked.
        settings.put("SUPERVISOR_CONNECTIVITY_URL", "");
        settings.put("SUPERVISOR_PWNED_URL", "");
        settings.put("SUPERVISOR_REPOSITORY_BUILT_IN", "");
        settings.put("SUPERVISOR_VERSION_URL", "http://127.0.0.1:1/{channel}.json");
        settings.put("SERVER_HOST", "127.0.0.1");
        settings.put("SERVER_PORT", "0");
        settings.put("SERVER_SOCKETS_0_HOST", "127.0.0.1");
        settings.put("MANAGEMENT_PORT", "0");
    }

    /** Sets an environment variable of the next start. */
    public SupervisorProcess with(String name, String value) {
        settings.put(name, value);
        return this;
    }

    /** Adds an option of the virtual machine, for the next start. */
    public SupervisorProcess withJavaOption(String option) {
        javaOptions.add(option);
        return this;
    }

    /** The next start is by this command, which becomes what it is given, as {@code setpriv} does. */
    public SupervisorProcess under(String... command) {
        runner.clear();
        runner.addAll(List.of(command));
        return this;
    }

    /** The folder that is the claim's mount for this process. */
    public Path share() {
        return folder.resolve("share");
    }

    public Space space() {
        return space;
    }

    /** Lays a local app into the store's folder. */
    public SupervisorProcess offer(String name, String config) throws IOException {
        Path app = Files.createDirectories(share().resolve("addons/local").resolve(name));
        Files.writeString(app.resolve("config.yaml"), config);
        return this;
    }

    /** Starts the process and returns when its sockets are open, whatever its state. */
    public SupervisorProcess start() throws IOException {
        log = folder.resolve("log-" + ++runs + ".txt");
        List<String> command = new ArrayList<>(runner);
        command.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "@" + ControlPlane.checkout().resolve("config/java.options")));
        command.addAll(javaOptions);
        command.addAll(List.of(
                "-jar", ControlPlane.checkout().resolve("target/hakube.jar").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SUPERVISOR_") || name.equals("KUBECONFIG"));
        builder.environment().putAll(settings);
        process = builder.start();
        await(
                "the sockets",
                START,
                () -> !process.isAlive() || PORTS.matcher(log()).find());
        Matcher ports = PORTS.matcher(log());
        if (!ports.find()) {
            throw new IOException("The Supervisor ended: " + log());
        }
        api = Integer.parseInt(ports.group(1));
        management = Integer.parseInt(ports.group(2));
        return this;
    }

    /** As {@link #start}, and waits until the state is {@code running}. */
    public SupervisorProcess startToRunning() throws IOException {
        start();
        awaitRunning();
        return this;
    }

    public void awaitRunning() {
        await("state running", START, () -> log().contains("Supervisor is now in state running"));
    }

    /** Ends it as a crash would. */
    public void kill() throws IOException {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, and returns its exit code. */
    public int stop() throws IOException {
        process.destroy();
        return awaitEnd();
    }

    public long pid() {
        return process.pid();
    }

    /** What this run has logged so far. */
    public String log() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException failure) {
            return "";
        }
    }

    /** The logs of all runs. */
    public String logs() throws IOException {
        StringBuilder all = new StringBuilder();
        for (int run = 1; run <= runs; run++) {
            all.append(Files.readString(folder.resolve("log-" + run + ".txt")));
        }
        return all.toString();
    }

    public URI api() {
        return URI.create("http://127.0.0.1:" + api);
    }

    /** The administrator's token, from its Secret. */
    public String token() throws IOException {
        return space.secret("supervisor-cli-token", "token")
                .orElseThrow(() -> new IOException("There is no Secret supervisor-cli-token"));
    }

    /** Asks with the administrator's token. */
    public Answer ask(String method, String path, String body) throws IOException {
        return ask(method, path, body, token());
    }

    /** @param token empty for none */
    public Answer ask(String method, String path, String body, String token) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api().resolve(path))
                .timeout(Duration.ofMinutes(3))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request.build());
    }

    /** Posts JSON in the way of an app, which names itself in a header of its own. @param token of the app */
    public Answer askAsApp(String method, String path, String json, String token) throws IOException {
        return send(HttpRequest.newBuilder(api().resolve(path))
                .timeout(Duration.ofMinutes(3))
                .header("X-Supervisor-Token", token)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build());
    }

    public Answer get(String path) throws IOException {
        return ask("GET", path, "");
    }

    public Answer post(String path) throws IOException {
        return ask("POST", path, "");
    }

    /** Asks a health page, such as {@code /health/ready}. */
    public Answer health(String path) throws IOException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + path))
                .timeout(Duration.ofSeconds(10))
                .build());
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
    public void close() throws IOException {
        if (process != null && process.isAlive()) {
            kill();
        }
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body(), response.headers().firstValue("Content-Type"));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    private int awaitEnd() throws IOException {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                throw new IOException("The Supervisor does not end: " + log());
            }
            return process.exitValue();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    /** What came back. */
    public record Answer(int status, String body, Optional<String> contentType) {

        public JsonObject json() {
            return JsonParser.parseString(body).getAsJsonObject();
        }

        /** Field {@code data}; fails with the whole answer when the status is not 200. */
        public JsonObject data() {
            if (status != 200) {
                throw new AssertionError(status + " " + body);
            }
            return json().getAsJsonObject("data");
        }

        public String text(String field) {
            JsonElement value = json().get(field);
            return value == null || value.isJsonNull() ? "" : value.getAsString();
        }
    }
}
