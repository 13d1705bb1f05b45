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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * A Supervisor and the real Home Assistant Core, bound to the address of Core's simulated pod. A Core with a socket is joined by a
 * real nginx with the link's own configuration, an older one by its own port.
 */
final class JoinedCore implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(60);
    static final Duration RESTART = Duration.ofSeconds(180);

    private final Path folder;
    private final CoreHome home;
    private final Space space;
    private final CorePod pod;
    private final SupervisorProcess supervisor;
    private final List<Nginx> links = new ArrayList<>();
    private RecordingProxy proxy;
    private HomeAssistant core;
    private Path socket;

    private JoinedCore(Path folder, CoreHome home, Space space) throws IOException {
        this.folder = folder;
        this.home = home;
        this.space = space;
        this.pod = new CorePod(space);
        this.supervisor = new SupervisorProcess(space, folder.resolve("supervisor"));
    }

    /** @param folder for everything that is written; empty */
    static JoinedCore in(Path folder, CoreHome home) throws Exception {
        return in(folder, home, true);
    }

    /** As {@link #in}, but nobody has gone through Core's first questions, and the apps are in the store only. */
    static JoinedCore beforeOnboarding(Path folder, CoreHome home) throws Exception {
        return in(folder, home, false);
    }

    private static JoinedCore in(Path folder, CoreHome home, boolean isSettled) throws Exception {
        PythonEnvironment.of(
                "home-assistant" + home.version().map(version -> "-" + version).orElse(""));
        JoinedCore joined = new JoinedCore(folder, home, ControlPlane.namespace("joined"));
        try {
            joined.join(isSettled);
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

    /** Between Core and the Supervisor; none unless the home is a recorded one. */
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
    Answer askAs(String app, String method, String path, String body) throws Exception {
        return supervisor.askAsApp(method, path, body, tokenOf(app));
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

    /** Core's pod, which is held, is deleted: ends Core, lets the pod go, and starts Core in the next one with what that is told. */
    void followTheNextPod() throws Exception {
        String before = pod.awaitDeletion();
        core.stop();
        pod.letGo();
        pod.awaitAnother(before);
        core.follow(pod.restoreJob());
        followThePod();
    }

    /** Ends Core and its side-car, and starts them with the same home on the pod that there is now, as a kubelet would. */
    void followThePod() throws Exception {
        core.stop();
        closeLink();
        core.moveTo(URI.create("http://" + pod.address() + ":" + home.port()), coreToken());
        openLink();
        core.start();
    }

    /** Starts the side-car's nginx at the address of Core's pod, unless Core has no socket. */
    void openLink() throws Exception {
        if (socket != null) {
            Path own = Files.createTempDirectory(folder, "nginx");
            String address = pod.address();
            links.add(Nginx.start(
                    own,
                    space.secret("homeassistant-link", "nginx.conf")
                            .orElseThrow()
                            .replace("/tmp/", own + "/")
                            .replace(CoreLinkConfig.SOCKET, socket.toString())
                            .replace("listen 0.0.0.0:", "listen " + address + ":"),
                    new InetSocketAddress(address, CoreLinkConfig.PORT)));
        }
    }

    /** Ends the side-car's nginx. */
    void closeLink() {
        links.forEach(Nginx::close);
    }

    /** What every nginx so far has said. */
    List<String> linkLogs() throws IOException {
        List<String> logs = new ArrayList<>();
        for (Nginx each : links) {
            logs.add(each.log());
        }
        return logs;
    }

    /** Core asks to be restarted for the proxies that it is to try, is restarted, and is let keep them. */
    void followTheTrial() throws Exception {
        supervisor.await("the question to restart Core", LIMIT, () -> proxy.of("POST", "/core/restart").stream()
                .anyMatch(asked -> asked.status() == 200));
        followThePod();
        awaitConnections(2);
        awaitPromotion();
    }

    /** Returns when Core keeps the proxies that it tries. */
    void awaitPromotion() {
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

    CorePod pod() {
        return pod;
    }

    /** Of Core, at its pod's address. */
    int port() {
        return home.port();
    }

    @Override
    public void close() throws Exception {
        try (Space first = space;
                SupervisorProcess second = supervisor;
                RecordingProxy third = proxy;
                HomeAssistant fourth = core) {
            closeLink();
            if (socket != null) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.getParent());
            }
        }
    }

    private void join(boolean isSettled) throws Exception {
        space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
        supervisor.with("SUPERVISOR_K8S_HA_TRUSTED_PROXIES", "127.0.0.0/8");
        home.settings().forEach(supervisor::with);
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
        for (String app : isSettled ? home.apps().keySet() : Set.<String>of()) {
            supervisor.post("/store/addons/local_" + app + "/install").data();
            supervisor.post("/addons/local_" + app + "/start").data();
        }
        if (home.isRecorded()) {
            proxy = RecordingProxy.before(supervisor.api());
        }
        String address = pod.address();
        if (!home.isShared()) {
            write(folder.resolve("core/config"), home.configuration().formatted(address, home.port()));
        }
        core = new HomeAssistant(
                folder.resolve("core"),
                URI.create("http://" + address + ":" + home.port()),
                // As in a cluster, where the Supervisor is known by the name of its Service.
                URI.create("http://localhost:" + (home.isRecorded() ? proxy.address() : supervisor.api()).getPort()),
                coreToken());
        if (home.version().isPresent()) {
            core.withVersion(home.version().get());
        } else {
            // A socket's path is short.
            socket = Files.createTempDirectory(Path.of("/tmp"), "core").resolve("core.sock");
            core.withSocket(socket);
        }
        openLink();
        core.start();
        if (isSettled) {
            core.onboard();
        }
        awaitConnections(1);
    }

    private static void write(Path home, String configuration) throws IOException {
        Files.writeString(Files.createDirectories(home).resolve("configuration.yaml"), configuration);
    }

    private String coreToken() throws IOException {
        return space.secret("homeassistant-token", "token").orElseThrow();
    }
}
