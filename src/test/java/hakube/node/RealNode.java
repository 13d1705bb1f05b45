package hakube.node;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What {@code k8s/local/run} leaves behind on a real node: the Supervisor as a pod, Core and the demo add-on. One for each
 * JVM, started by whoever asks first and ended with the JVM, however that ends. Needs root and Linux.
 *
 * <p>{@code -Dhakube.node=DIR} names the state folder of one that is kept between test runs.
 *
 * <p>This machine reaches the addresses of pods, Services and the load balancer, as a machine in the LAN would.
 */
final class RealNode {
    /** The address of the add-on ports, as k8s/local/overlay sets it. */
    static final String ADDRESS = "10.89.0.130";

    static final String NAMESPACE = "home-assistant";

    private static RealNode shared;
    private static IOException failure;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Path state;
    private final Path kubectl;
    private final URI api;
    private final String token;

    private RealNode(Path state) throws IOException {
        this.state = state;
        this.kubectl = Path.of(script("lib/binaries", "kubectl").strip()).resolve("kubectl");
        this.api = URI.create("http://" + kubectl("get", "service", "supervisor", "-o", "jsonpath={.spec.clusterIP}"));
        String encoded = kubectl("get", "secret", "supervisor-cli-token", "-o", "jsonpath={.data.token}");
        this.token = new String(Base64.getDecoder().decode(encoded), StandardCharsets.US_ASCII);
    }

    /** The node of this JVM; the first call runs the main job: a minute when programs and images are built, else seconds. */
    static synchronized RealNode shared() throws IOException {
        if (failure != null) {
            throw new IOException("the main job failed before", failure);
        }
        if (shared == null) {
            String kept = System.getProperty("hakube.node", "");
            Path state;
            if (kept.isEmpty()) {
                Path target = Files.createDirectories(
                        Path.of(Program.script("../../target")).normalize());
                state = Files.createTempDirectory(target, "node-");
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stopQuietly(state), "node-stop"));
            } else {
                state = Path.of(kept).toAbsolutePath();
            }
            shared = start(state, kept.isEmpty());
        }
        return shared;
    }

    private static RealNode start(Path state, boolean ours) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.script("run")));
        if (ours) {
            command.addAll(
                    List.of("--with", Long.toString(ProcessHandle.current().pid())));
        }
        try {
            words(command, state);
            return new RealNode(state);
        } catch (IOException thrown) {
            failure = thrown;
            throw thrown;
        }
    }

    /** Runs {@code k8s/local/run} once more and returns its words. */
    String runAgain() throws IOException {
        return words(List.of(Program.script("run")), state);
    }

    /** Runs {@code k8s/local/stop}; the next {@link #shared} begins anew. */
    void stop() throws IOException {
        synchronized (RealNode.class) {
            shared = null;
        }
        words(List.of(Program.script("stop")), state);
    }

    Path state() {
        return state;
    }

    /** The folder of this machine that is the Supervisor's share. */
    Path share() {
        return state.resolve("node/shared").resolve(NAMESPACE);
    }

    /** The address of the API as pods and this machine use it. */
    URI api() {
        return api;
    }

    /**
     * Asks the API with the administrator's token.
     *
     * @return the body of a 200
     * @throws IOException with status and body of every other answer
     */
    String ask(String method, String path, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofMinutes(3))
                .header("Authorization", "Bearer " + token)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    /** Begins to read with the administrator's token; the caller closes the body, and by that the connection. */
    HttpResponse<InputStream> open(String path) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token)
                .build();
        try {
            return http.send(request, BodyHandlers.ofInputStream());
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException(interruption);
        }
    }

    /** The field {@code data} of an answer. */
    JsonObject data(String path) throws IOException {
        return JsonParser.parseString(ask("GET", path, "")).getAsJsonObject().getAsJsonObject("data");
    }

    /** Runs kubectl as administrator in the Supervisor's namespace; fails with its words when it fails. */
    String kubectl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                kubectl.toString(),
                "--kubeconfig",
                state.resolve("admin.kubeconfig").toString(),
                "--cache-dir",
                state.resolve("kube-cache").toString(),
                "-n",
                NAMESPACE));
        command.addAll(List.of(arguments));
        return words(command, state);
    }

    /** Runs a script of k8s/local; fails with its words when it fails. */
    String script(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.script(name)));
        command.addAll(List.of(arguments));
        return words(command, state);
    }

    private static void stopQuietly(Path state) {
        try {
            if (Files.exists(state)) {
                words(List.of(Program.script("stop")), state);
            }
        } catch (IOException failure) {
            System.err.println(failure.getMessage());
        }
    }

    private static String words(List<String> command, Path state) throws IOException {
        return Program.words(Map.of("HAKUBE_STATE", state.toString()), command);
    }
}
