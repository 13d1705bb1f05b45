package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import hakube.relay.CoreLinkConfig;
import hakube.testing.ControlPlane;
import hakube.testing.CoreSocket;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Supervisor and the real Home Assistant Core, joined by a real nginx with the link's own configuration: nginx and Core are
 * bound to the address of Core's simulated pod.
 */
@TestMethodOrder(OrderAnnotation.class)
class CoreLinkIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration RESTART = Duration.ofSeconds(180);
    private static final String BROKER = "local_broker";
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

    @TempDir
    private static Path folder;

    private static Space space;
    private static SupervisorProcess supervisor;
    private static RecordingProxy proxy;
    private static HomeAssistant core;
    private static Nginx nginx;
    private static final List<Nginx> EVERY_NGINX = new ArrayList<>();
    private static Path socket;
    private static String pod;

    @BeforeAll
    static void join() throws Exception {
        PythonEnvironment.of("home-assistant");
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

    @AfterAll
    static void leave() throws Exception {
        try (Space first = space;
                SupervisorProcess second = supervisor;
                RecordingProxy third = proxy;
                Nginx fourth = nginx;
                HomeAssistant fifth = core) {
            if (socket != null) {
                Files.deleteIfExists(socket);
                Files.deleteIfExists(socket.getParent());
            }
        }
    }

    @Test
    void coreIsToldThatAllIsThereAndReadsIt() throws Exception {
        int before = proxy.of("GET", "/jobs/info").size();
        int connections = connections();
        nginx.close();
        openLink();
        awaitConnections(connections + 1);
        core.await(
                "that Core reads the jobs anew",
                LIMIT,
                () -> proxy.of("GET", "/jobs/info").size() > before);
    }

    @Test
    void whereCoreListensIsTakenOverAtEachConnection() throws Exception {
        int connections = connections();
        nginx.close();
        supervisor.ask("POST", "/core/options", "{\"port\": 9999}").data();
        openLink();
        awaitConnections(connections + 1);
        supervisor.await("the port", LIMIT, () -> corePort() == 8123);
    }

    @Test
    void theImportedProxiesWereTriedAndPromoted() throws Exception {
        supervisor.await("the promotion", LIMIT, () -> supervisor.log().contains("trusts the proxies"));
        JsonObject config = core.command("http/config", Map.of()).getAsJsonObject();
        assertTrue(config.get("pending").isJsonNull(), config.toString());
        assertTrue(config.get("revert_at").isJsonNull(), config.toString());
        assertEquals(
                "[\"127.0.0.0/8\"]",
                config.getAsJsonObject("stable").get("trusted_proxies").toString());
    }

    @Test
    void jobsAndStatesReachTheBrowser() throws Exception {
        try (CoreSocket.Open browser = core.subscribe("supervisor/subscribe")) {
            supervisor.post("/addons/local_broker/restart").data();
            core.await("the end of the job", LIMIT, () -> jobs(browser).stream()
                    .anyMatch(job -> job.get("done").getAsBoolean()));
            List<JsonObject> events = browser.events();
            assertTrue(events.stream().anyMatch(event -> isState(event, "stopped")), events.toString());
            assertTrue(events.stream().anyMatch(event -> isState(event, "started")), events.toString());
            JsonObject last = jobs(browser).getLast();
            assertTrue(last.get("done").getAsBoolean(), last.toString());
            assertTrue(last.has("parent_id"), last.toString());
        }
    }

    @Test
    void anIssueBecomesARepairAtOnceAndGoes() throws Exception {
        Path store = supervisor.share().resolve("addons/local/passing");
        String config = Files.readString(store.resolve("config.yaml"));
        delete(store);
        supervisor.post("/store/reload").data();
        supervisor.post("/resolution/healthcheck").data();
        core.await("the repair", LIMIT, () -> repairs().contains("issue_addon_detached_addon_removed"));

        supervisor.offer("passing", config);
        supervisor.post("/store/reload").data();
        supervisor.post("/resolution/healthcheck").data();
        core.await("its end", LIMIT, () -> !repairs().contains("issue_addon_detached_addon_removed"));
    }

    @Test
    void whatAnAppAnnouncesIsFetchedByCore() throws Exception {
        Answer answer =
                asBroker("/discovery", "{\"service\": \"mqtt\", \"config\": {\"host\": \"h\", \"port\": 1883}}");
        String uuid = answer.data().get("uuid").getAsString();
        core.await("that Core fetches it", LIMIT, () -> !proxy.of("GET", "/discovery/" + uuid)
                .isEmpty());
        assertEquals(200, proxy.of("GET", "/discovery/" + uuid).getFirst().status());
    }

    @Test
    void usersOfCoreLogInAtAppsAlsoWhileCoreIsDown() throws Exception {
        assertEquals(200, logIn("test", "test"), supervisor::log);
        assertEquals(401, logIn("test", "wrong"));
        assertEquals(401, logIn("nobody", "test"));
        assertTrue(supervisor.get("/auth/list").body().contains("\"username\":\"test\""));

        supervisor
                .ask("POST", "/auth/reset", "{\"username\": \"test\", \"password\": \"other\"}")
                .data();
        assertEquals(401, logIn("test", "test"));
        assertEquals(200, logIn("test", "other"));
        assertEquals(
                400,
                supervisor
                        .ask("POST", "/auth/reset", "{\"username\": \"nobody\", \"password\": \"x\"}")
                        .status());

        int connections = connections();
        int ends = words("The connection to Home Assistant has ended");
        core.stop();
        supervisor.await(
                "the end of the connection", LIMIT, () -> words("The connection to Home Assistant has ended") > ends);
        assertEquals(200, logIn("test", "other"));
        assertEquals(401, logIn("test", "wrong"));
        core.start();
        awaitConnections(connections + 1);
        supervisor.await("Core's own word", LIMIT, () -> isListed("test"));
        try (CoreSocket.Open browser = core.subscribe("supervisor/subscribe")) {
            supervisor.post("/addons/local_broker/restart").data();
            core.await("events again", LIMIT, () -> browser.events().stream()
                    .anyMatch(event -> isState(event, "started")));
        }
    }

    /** After all that may have written it. */
    @Test
    @Order(Integer.MAX_VALUE)
    void theLinksTokenIsWrittenNowhere() throws Exception {
        String token = space.secret("homeassistant-link", "token").orElseThrow();
        assertFalse(supervisor.logs().contains(token));
        for (Nginx each : EVERY_NGINX) {
            assertFalse(each.log().contains(token));
        }
        assertFalse(core.log().contains(token));
        try (Stream<Path> files = Files.walk(supervisor.share())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file).contains(token), file.toString());
            }
        }
    }

    /** After all that Core could complain about. */
    @Test
    @Order(Integer.MAX_VALUE)
    void coreHasNothingToComplainAbout() {
        assertEquals(List.of(), core.logged("homeassistant.components.hassio", "ERROR", "CRITICAL"));
        assertFalse(core.log().contains("components/hassio/"), "a traceback: " + core.log());
    }

    private static void openLink() throws Exception {
        Path own = Files.createTempDirectory(folder, "nginx");
        nginx = Nginx.start(
                own,
                space.secret("homeassistant-link", "nginx.conf")
                        .orElseThrow()
                        .replace("/tmp/", own + "/")
                        .replace(CoreLinkConfig.SOCKET, socket.toString())
                        .replace("listen 0.0.0.0:", "listen " + pod + ":"),
                new InetSocketAddress(pod, CoreLinkConfig.PORT));
        EVERY_NGINX.add(nginx);
    }

    /** Those that came to be of use. */
    private static int connections() {
        return words("Home Assistant is running, it is told");
    }

    /** How often the Supervisor has said so. */
    private static int words(String words) {
        return supervisor.log().split(words, -1).length - 1;
    }

    private static void awaitConnections(int count) {
        supervisor.await("a connection to Core", RESTART, () -> connections() >= count);
    }

    private static int corePort() {
        try {
            return supervisor.get("/core/info").data().get("port").getAsInt();
        } catch (IOException failure) {
            return 0;
        }
    }

    private static boolean isListed(String username) {
        try {
            return supervisor.get("/auth/list").body().contains("\"username\":\"" + username + "\"");
        } catch (IOException failure) {
            return false;
        }
    }

    private static boolean isState(JsonObject event, String state) {
        return event.get("event").getAsString().equals("addon")
                && event.get("slug").getAsString().equals(BROKER)
                && event.get("state").getAsString().equals(state);
    }

    private static List<JsonObject> jobs(CoreSocket.Open browser) {
        return browser.events().stream()
                .filter(event -> event.get("event").getAsString().equals("job"))
                .map(event -> event.getAsJsonObject("data"))
                .filter(job -> job.get("name").getAsString().equals("app_restart"))
                .toList();
    }

    private static String repairs() {
        try {
            JsonElement issues = core.command("repairs/list_issues", Map.of());
            return issues.toString();
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static int logIn(String username, String password) throws Exception {
        return asBroker("/auth", "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}")
                .status();
    }

    private static Answer asBroker(String path, String body) throws Exception {
        return supervisor.askAsApp(
                path,
                body,
                space.secret("local-broker-env", "SUPERVISOR_TOKEN").orElseThrow());
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
