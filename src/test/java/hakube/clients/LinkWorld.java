package hakube.clients;

import hakube.relay.CoreLinkConfig;
import hakube.testing.ControlPlane;
import hakube.testing.HomeAssistant;
import hakube.testing.Nginx;
import hakube.testing.PythonEnvironment;
import hakube.testing.RecordingProxy;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import hakube.testing.SupervisorProcess.Answer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The Supervisor and the real Home Assistant Core, joined by a real nginx with the link's own configuration: nginx and Core are
 * bound to the address of Core's simulated pod.
 */
final class LinkWorld implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration RESTART = Duration.ofSeconds(180);

    private static final String APP = """
            name: %1$s
            version: "1.0"
            slug: %1$s
            description: An app
            arch: [amd64, aarch64]
            image: localhost/hakube/busybox
            init: false
            boot: manual
            auth_api: true
            discovery: [mqtt]
            """;

    /** As at the first start of a new home, the managed section among the rest. */
    private static final String CONFIGURATION = """
            homeassistant:
              name: Test Home
              country: NL
              time_zone: Europe/Amsterdam
            http:
              server_host: %s
              server_port: 8123
              use_x_forwarded_for: true
              trusted_proxies:
                - 127.0.0.0/8
            logger:
              default: info
              logs:
                homeassistant.components.hassio: debug
            """;

    private final Path folder;
    private final List<Nginx> all = new ArrayList<>();
    private Space space;
    private SupervisorProcess supervisor;
    private RecordingProxy proxy;
    private HomeAssistant core;
    private Path socket;
    private String pod;

    private LinkWorld(Path folder) {
        this.folder = folder;
    }

    /** Returns when Core and the Supervisor are connected. @param folder of all files; empty */
    static LinkWorld in(Path folder) throws Exception {
        PythonEnvironment.of("home-assistant");
        LinkWorld world = new LinkWorld(folder);
        try {
            world.furnish();
            world.join();
        } catch (Exception | AssertionError failure) {
            world.close();
            throw failure;
        }
        return world;
    }

    Space space() {
        return space;
    }

    SupervisorProcess supervisor() {
        return supervisor;
    }

    /** Between Core and the Supervisor. */
    RecordingProxy proxy() {
        return proxy;
    }

    HomeAssistant core() {
        return core;
    }

    /** What every nginx so far has said. */
    List<String> nginxLogs() throws IOException {
        List<String> logs = new ArrayList<>();
        for (Nginx each : all) {
            logs.add(each.log());
        }
        return logs;
    }

    /** Ends the link's nginx. */
    void closeLink() throws Exception {
        all.getLast().close();
    }

    /** Starts the link's nginx. */
    void openLink() throws Exception {
        Path own = Files.createTempDirectory(folder, "nginx");
        all.add(Nginx.start(
                own,
                space.secret("homeassistant-link", "nginx.conf")
                        .orElseThrow()
                        .replace("/tmp/", own + "/")
                        .replace(CoreLinkConfig.SOCKET, socket.toString())
                        .replace("listen 0.0.0.0:", "listen " + pod + ":"),
                new InetSocketAddress(pod, CoreLinkConfig.PORT)));
    }

    /** Those that came to be of use. */
    int connections() {
        return words("Home Assistant is running, it is told");
    }

    /** How often the Supervisor has said so. */
    int words(String words) {
        return supervisor.log().split(words, -1).length - 1;
    }

    void awaitConnections(int count) {
        supervisor.await("a connection to Core", RESTART, () -> connections() >= count);
    }

    /** Posts as the installed broker. */
    Answer asBroker(String path, String body) throws Exception {
        return supervisor.askAsApp(
                path, body, space.secret("local-broker-env", "SUPERVISOR_TOKEN").orElseThrow());
    }

    @Override
    public void close() throws Exception {
        // Closed in the order in which they need each other, the last first.
        try (Space first = space;
                SupervisorProcess second = supervisor;
                RecordingProxy third = proxy;
                Nginx fourth = all.isEmpty() ? null : all.getLast();
                HomeAssistant fifth = core) {
            if (socket != null) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.getParent());
            }
        }
    }

    private void furnish() throws Exception {
        space = ControlPlane.namespace("link");
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor = new SupervisorProcess(space, folder.resolve("supervisor"));
        supervisor.with("SUPERVISOR_K8S_HA_TRUSTED_PROXIES", "127.0.0.0/8");
        supervisor.offer("broker", APP.formatted("broker"));
        supervisor.offer("passing", APP.formatted("passing"));
        supervisor.startToRunning();
        supervisor.post("/store/addons/local_broker/install").data();
        supervisor.post("/store/addons/local_passing/install").data();
        supervisor.post("/addons/local_broker/start").data();
    }

    private void join() throws Exception {
        proxy = RecordingProxy.before(supervisor.api());
        pod = space.pod("homeassistant-0").getStatus().getPodIP();
        Files.writeString(
                Files.createDirectories(folder.resolve("core/config")).resolve("configuration.yaml"),
                CONFIGURATION.formatted(pod));
        // A socket's path is short.
        socket = Files.createTempDirectory(Path.of("/tmp"), "core").resolve("core.sock");
        core = new HomeAssistant(
                        folder.resolve("core"),
                        URI.create("http://" + pod + ":8123"),
                        proxy.address(),
                        space.secret("homeassistant-token", "token").orElseThrow())
                .withSocket(socket);
        openLink();
        core.start();
        core.onboard();
        awaitConnections(1);
    }
}
