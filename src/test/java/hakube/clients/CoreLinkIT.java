package hakube.clients;

import static hakube.clients.JoinedCore.LIMIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.CoreSocket;
import hakube.testing.HomeAssistant;
import hakube.testing.RecordingProxy;
import hakube.testing.SupervisorProcess;
import hakube.testing.SupervisorProcess.Answer;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What Home Assistant Core and the Supervisor do for each other over the link. */
@TestMethodOrder(OrderAnnotation.class)
class CoreLinkIT {

    private static final String BROKER = "local_broker";

    @TempDir
    private static Path folder;

    private static JoinedCore joined;
    private static SupervisorProcess supervisor;
    private static RecordingProxy proxy;
    private static HomeAssistant core;

    @BeforeAll
    static void join() throws Exception {
        joined = JoinedCore.in(
                folder,
                CoreHome.plain()
                        .with("broker", "auth_api: true\ndiscovery: [mqtt]")
                        .with("passing", "discovery: [mqtt]"));
        supervisor = joined.supervisor();
        proxy = joined.proxy();
        core = joined.core();
    }

    @AfterAll
    static void leave() throws Exception {
        if (joined != null) {
            joined.close();
        }
    }

    @Test
    void coreIsToldThatAllIsThereAndReadsIt() throws Exception {
        // The issues, since Core lets its news of a job take the place of reading all of them.
        int before = proxy.of("GET", "/resolution/info").size();
        int connections = joined.connections();
        joined.closeLink();
        joined.openLink();
        joined.awaitConnections(connections + 1);
        core.await(
                "that Core reads the issues anew",
                LIMIT,
                () -> proxy.of("GET", "/resolution/info").size() > before);
    }

    @Test
    void whereCoreListensIsTakenOverAtEachConnection() throws Exception {
        int connections = joined.connections();
        joined.closeLink();
        supervisor.ask("POST", "/core/options", "{\"port\": 9999}").data();
        assertEquals(Set.of("9999"), servicePorts());
        joined.openLink();
        joined.awaitConnections(connections + 1);
        supervisor.await("the port", LIMIT, () -> corePort() == 8123);
        supervisor.await("the Service's", LIMIT, () -> servicePorts().equals(Set.of("8123")));
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
    void whatAnAppAnnouncesIsFetchedByCore() throws Exception {
        Answer answer = joined.askAs(
                "broker",
                "POST",
                "/discovery",
                "{\"service\": \"mqtt\", \"config\": {\"host\": \"h\", \"port\": 1883}}");
        String uuid = answer.data().get("uuid").getAsString();
        core.await("that Core fetches it", LIMIT, () -> !proxy.of("GET", "/discovery/" + uuid)
                .isEmpty());
        assertEquals(200, proxy.of("GET", "/discovery/" + uuid).getFirst().status());
    }

    @Test
    void whatWasAnnouncedIsWithdrawnWithItsApp() throws Exception {
        String uuid = joined.askAs(
                        "passing", "POST", "/discovery", "{\"service\": \"mqtt\", \"config\": {\"host\": \"p\"}}")
                .data()
                .get("uuid")
                .getAsString();
        core.await("that Core fetches it", LIMIT, () -> asked(uuid, 200));

        supervisor.post("/addons/local_passing/uninstall").data();

        core.await("that Core sees that it is gone", LIMIT, () -> asked(uuid, 404));
        supervisor.post("/store/addons/local_passing/install").data();
        supervisor.post("/addons/local_passing/start").data();
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

        int connections = joined.connections();
        int ends = joined.times("The connection to Home Assistant has ended");
        core.stop();
        supervisor.await(
                "the end of the connection",
                LIMIT,
                () -> joined.times("The connection to Home Assistant has ended") > ends);
        assertEquals(200, logIn("test", "other"));
        assertEquals(401, logIn("test", "wrong"));
        core.start();
        joined.awaitConnections(connections + 1);
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
        String token = joined.space().secret("homeassistant-link", "token").orElseThrow();
        assertFalse(supervisor.logs().contains(token));
        assertFalse(joined.linkLogs().toString().contains(token));
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

    private static boolean asked(String uuid, int status) {
        return proxy.of("GET", "/discovery/" + uuid).stream().anyMatch(each -> each.status() == status);
    }

    private static int corePort() {
        try {
            return supervisor.get("/core/info").data().get("port").getAsInt();
        } catch (IOException failure) {
            return 0;
        }
    }

    /** Where in Core's pod the ports of its Service lead. */
    private static Set<String> servicePorts() {
        try {
            return new CoreV1Api(joined.space().client())
                            .readNamespacedService(
                                    "homeassistant", joined.space().name())
                            .execute()
                            .getSpec()
                            .getPorts()
                            .stream()
                            .map(port -> port.getTargetPort().toString())
                            .collect(Collectors.toSet());
        } catch (ApiException failure) {
            return Set.of(failure.getMessage());
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

    private static int logIn(String username, String password) throws Exception {
        return joined.askAs(
                        "broker",
                        "POST",
                        "/auth",
                        "{\"username\": \"" + username + "\", \"password\": \"" + password + "\"}")
                .status();
    }
}
