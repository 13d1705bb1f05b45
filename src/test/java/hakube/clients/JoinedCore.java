package hakube.clients;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.relay.CoreLinkConfig;
import hakube.testing.ControlPlane;
import hakube.testing.HomeAssistant;
import hakube.testing.Nginx;
import hakube.testing.PythonEnvironment;
import hakube.testing.RecordingProxy;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import hakube.testing.SupervisorProcess.Answer;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * A Supervisor and the real Home Assistant Core, bound to the address of Core's simulated pod. A Core with a socket is joined by a
 * real nginx with the link's own configuration, an older one by its own port.
 */
final class JoinedCore implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);
    static final Duration RESTART = Duration.ofSeconds(180);

    private static final String PLAIN = """
            homeassistant:
              name: Test Home
              country: NL
              time_zone: Europe/Amsterdam
            logger:
              default: info
            """;
    private static final String HTTP = """
            http:
              server_host: %1$s
              server_port: %2$d
              use_x_forwarded_for: true
              trusted_proxies:
                - 127.0.0.0/8
            """;

    private final Path folder;
    private final Home home;
    private final Space space;
    private final SupervisorProcess supervisor;
    private RecordingProxy proxy;
    private HomeAssistant core;
    private Nginx nginx;
    private Path socket;

    /**
     * What is joined.
     *
     * @param older version of Core, empty for the newest
     * @param configuration of Core; {@code %1$s} stands for its address, {@code %2$d} for its port
     * @param port of Core
     * @param isShared whether Core's home is the one on the claim, where the Supervisor adds its section before Core's first start
     * @param apps names and manifests of local apps, which are installed and started
     */
    record Home(Optional<String> older, String configuration, int port, boolean isShared, Map<String, String> apps) {}

    /** A home whose Core has run before without a word about HTTP; it listens where it is told by its environment. */
    static Home existing(Map<String, String> apps) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return new Home(Optional.empty(), PLAIN, free.getLocalPort(), false, apps);
        }
    }

    /** A new home that Core finds as the Supervisor has prepared it; Core takes its port at all addresses of this machine. */
    static Home fresh(Map<String, String> apps) {
        return new Home(Optional.empty(), PLAIN, 8123, true, apps);
    }

    /** A home of its own, whose Core listens at its pod's address. */
    static Home plain(Map<String, String> apps) {
        return new Home(Optional.empty(), PLAIN + HTTP, 8123, false, apps);
    }

    /** A home of a Core that reads its section at each start. */
    static Home older(String version, Map<String, String> apps) {
        return new Home(Optional.of(version), PLAIN + HTTP, 8123, false, apps);
    }

    /** @param more lines of the manifest */
    static String app(String name, String more) {
        return """
                name: %1$s
                version: "1.0"
                slug: %1$s
                description: An app
                arch: [amd64, aarch64]
                image: localhost/hakube/busybox
                init: false
                boot: manual
                %2$s
                """.formatted(name, more);
    }

    private JoinedCore(Path folder, Home home, Space space) throws IOException {
        this.folder = folder;
        this.home = home;
        this.space = space;
        this.supervisor = new SupervisorProcess(space, folder.resolve("supervisor"));
    }

    /** @param folder for everything that is written; empty */
    static JoinedCore in(Path folder, Home home) throws Exception {
        PythonEnvironment.of(
                "home-assistant" + home.older().map(version -> "-" + version).orElse(""));
        JoinedCore joined = new JoinedCore(folder, home, ControlPlane.namespace("joined"));
        try {
            joined.join();
        } catch (Exception | AssertionError failure) {
            joined.close();
            throw failure;
        }
        return joined;
    }

    SupervisorProcess supervisor() {
        return supervisor;
    }

    HomeAssistant core() {
        return core;
    }

    RecordingProxy proxy() {
        return proxy;
    }

    Space space() {
        return space;
    }

    /** The token of an app that was started. */
    String tokenOf(String app) throws IOException {
        return space.secret("local-" + app + "-env", "SUPERVISOR_TOKEN").orElseThrow();
    }

    /** Asks the Supervisor as bashio does, the library of shell functions in apps. */
    Answer ask(String method, String path, String body, String app) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(supervisor.api().resolve(path))
                            .header("X-Supervisor-Token", tokenOf(app))
                            .header("Content-Type", "application/json")
                            .timeout(LIMIT)
                            .method(method, BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), Optional.empty());
        }
    }

    /** How often the Supervisor has said so. */
    int times(String words) {
        return supervisor.log().split(words, -1).length - 1;
    }

    /** How often a connection came to be of use. */
    int connections() {
        return times("Home Assistant is running, it is told");
    }

    void awaitConnections(int count) {
        supervisor.await("a connection to Core", RESTART, () -> connections() >= count);
    }

    /** A field of {@code /core/info}. */
    JsonObject coreInfo() throws IOException {
        return supervisor.get("/core/info").data();
    }

    /** Ends Core and its side-car, and starts them with the same home on the pod that there is now, as a kubelet would. */
    void followThePod() throws Exception {
        core.stop();
        leaveLink();
        String address = podAddress();
        core.moveTo(URI.create("http://" + address + ":" + home.port()), coreToken());
        openLink(address);
        core.start();
    }

    /** Core asks to be restarted for the proxies that it is to try, is restarted, and is let keep them. */
    void followTheTrial() throws Exception {
        supervisor.await("the question to restart Core", LIMIT, () -> proxy.of("POST", "/core/restart").stream()
                .anyMatch(asked -> asked.status() == 200));
        followThePod();
        awaitConnections(2);
        supervisor.await("the promotion", LIMIT, () -> supervisor
                .log()
                .contains("trusts the proxies of the settings from now on"));
    }

    /** What Core would have a person repair, of one of its integrations. */
    List<String> repairsOf(String domain) throws IOException {
        return StreamSupport.stream(
                        core.command("repairs/list_issues", Map.of())
                                .getAsJsonObject()
                                .getAsJsonArray("issues")
                                .spliterator(),
                        false)
                .map(JsonElement::getAsJsonObject)
                .filter(issue -> issue.get("domain").getAsString().equals(domain))
                .filter(issue -> !issue.get("ignored").getAsBoolean())
                .map(JsonObject::toString)
                .toList();
    }

    /** Address of Core's pod. */
    String podAddress() throws ApiException {
        return new CoreV1Api(space.client())
                .readNamespacedPod("homeassistant-0", space.name())
                .execute()
                .getStatus()
                .getPodIP();
    }

    @Override
    public void close() throws Exception {
        try (Space first = space;
                SupervisorProcess second = supervisor;
                RecordingProxy third = proxy;
                HomeAssistant fourth = core) {
            leaveLink();
            if (socket != null) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.getParent());
            }
        }
    }

    private void join() throws Exception {
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor.with("SUPERVISOR_K8S_HA_TRUSTED_PROXIES", "127.0.0.0/8");
        home.older().ifPresent(version -> supervisor.with("SUPERVISOR_CORE_VERSION", version));
        for (var app : home.apps().entrySet()) {
            supervisor.offer(app.getKey(), app.getValue());
        }
        if (home.isShared()) {
            Path shared = supervisor.share().resolve("homeassistant");
            write(shared, home.configuration());
            Files.createSymbolicLink(
                    Files.createDirectories(folder.resolve("core")).resolve("config"), shared);
        }
        supervisor.startToRunning();
        for (String app : home.apps().keySet()) {
            supervisor.post("/store/addons/local_" + app + "/install").data();
            supervisor.post("/addons/local_" + app + "/start").data();
        }
        proxy = RecordingProxy.before(supervisor.api());
        String address = podAddress();
        if (!home.isShared()) {
            write(folder.resolve("core/config"), home.configuration().formatted(address, home.port()));
        }
        core = new HomeAssistant(
                folder.resolve("core"),
                URI.create("http://" + address + ":" + home.port()),
                // As in a cluster, where the Supervisor is known by the name of its Service.
                URI.create("http://localhost:" + proxy.address().getPort()),
                coreToken());
        if (home.older().isPresent()) {
            core.withVersion(home.older().get());
        } else {
            // A socket's path is short.
            socket = Files.createTempDirectory(Path.of("/tmp"), "core").resolve("core.sock");
            core.withSocket(socket);
        }
        openLink(address);
        core.start();
        core.onboard();
        awaitConnections(1);
    }

    private static void write(Path home, String configuration) throws IOException {
        Files.writeString(Files.createDirectories(home).resolve("configuration.yaml"), configuration);
    }

    private String coreToken() throws IOException {
        return space.secret("homeassistant-token", "token").orElseThrow();
    }

    private void openLink(String address) throws Exception {
        if (socket != null) {
            Path own = Files.createTempDirectory(folder, "nginx");
            nginx = Nginx.start(
                    own,
                    space.secret("homeassistant-link", "nginx.conf")
                            .orElseThrow()
                            .replace("/tmp/", own + "/")
                            .replace(CoreLinkConfig.SOCKET, socket.toString())
                            .replace("listen 0.0.0.0:", "listen " + address + ":"),
                    new InetSocketAddress(address, CoreLinkConfig.PORT));
        }
    }

    private void leaveLink() {
        if (nginx != null) {
            nginx.close();
            nginx = null;
        }
    }
}
