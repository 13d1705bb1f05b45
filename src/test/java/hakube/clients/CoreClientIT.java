package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.HomeAssistant;
import hakube.testing.PythonEnvironment;
import hakube.testing.RecordingProxy;
import hakube.testing.RecordingProxy.Exchange;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Home Assistant Core with this Supervisor: its side of the contract, so far as it needs no link back to Core. */
class CoreClientIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String INTEGRATION = "homeassistant.components.hassio";

    /** What Core asks in the round that makes or breaks its integration, in 2026.9 and later. */
    private static final List<String> FIRST_ROUND = List.of(
            "/info",
            "/core/info",
            "/supervisor/info",
            "/os/info",
            "/host/info",
            "/store",
            "/network/info",
            "/ingress/panels",
            "/mounts");

    @TempDir
    private static Path folder;

    private static ClientWorld world;
    private static RecordingProxy proxy;
    private static HomeAssistant core;

    @BeforeAll
    static void furnish() throws Exception {
        PythonEnvironment.of("home-assistant");
        world = ClientWorld.in(folder.resolve("supervisor"));
        proxy = RecordingProxy.before(world.supervisor().api());
        String pod = new CoreV1Api(world.supervisor().space().client())
                .readNamespacedPod("homeassistant-0", world.supervisor().space().name())
                .execute()
                .getStatus()
                .getPodIP();
        core = new HomeAssistant(
                folder.resolve("core"), URI.create("http://" + pod + ":8123"), proxy.address(), world.coreToken());
        core.start();
        core.await(
                "what Core tells the Supervisor last",
                LIMIT,
                () -> !proxy.of("GET", "/resolution/info").isEmpty()
                        && !proxy.of("POST", "/supervisor/options").isEmpty());
        core.onboard();
    }

    @AfterAll
    static void leave() throws Exception {
        try (ClientWorld last = world;
                RecordingProxy before = proxy;
                HomeAssistant first = core) {
            // Closed in the order in which they need each other.
        }
    }

    @Test
    void theEntryIsLoadedWithoutAWordOfWarning() throws Exception {
        core.await("state loaded", LIMIT, () -> entryState().equals("loaded"));

        assertEquals(List.of(), core.logged(INTEGRATION, "WARNING", "ERROR", "CRITICAL"));
        assertEquals(List.of(), core.logged("aiohasupervisor", "WARNING", "ERROR", "CRITICAL"));
        assertFalse(core.log().contains("components/hassio/"), "a traceback: " + core.log());
    }

    @Test
    void everyAnswerToCoreWasGood() {
        List<String> others = proxy.exchanges().stream()
                .filter(each -> each.status() >= 400)
                .map(Exchange::toString)
                .toList();

        assertEquals(List.of("POST /supervisor/update 400"), others);
    }

    @Test
    void onboardingTakesTheRefusedUpdateForNoUpdate() {
        List<Exchange> updates = proxy.of("POST", "/supervisor/update");

        assertEquals(1, updates.size());
        assertEquals(400, updates.getFirst().status());
        assertEquals("error", json(updates.getFirst()).get("result").getAsString());
    }

    @Test
    void theFirstRoundAsksWhatItNeedsAndEveryApp() {
        for (String path : FIRST_ROUND) {
            assertFalse(proxy.of("GET", path).isEmpty(), path);
        }
        assertFalse(proxy.of("GET", "/jobs/info").isEmpty());
        for (String slug : List.of(ClientWorld.STARTED, ClientWorld.STARTING, ClientWorld.STOPPED.getFirst())) {
            assertFalse(proxy.of("GET", "/addons/" + slug + "/info").isEmpty(), slug);
        }
    }

    @Test
    void theReportedPortIsTaken() throws IOException {
        JsonObject told = JsonParser.parseString(
                        proxy.of("POST", "/core/options").getFirst().asked())
                .getAsJsonObject();
        JsonObject info = world.supervisor().get("/core/info").data();

        assertEquals(8123, told.get("port").getAsInt());
        assertTrue(told.get("refresh_token").isJsonNull(), told.toString());
        assertEquals(8123, info.get("port").getAsInt());
        assertFalse(info.get("ssl").getAsBoolean());
    }

    @Test
    void zoneAndCountryAreTaken() throws IOException {
        JsonObject info = world.supervisor().get("/supervisor/info").data();

        assertEquals("Europe/Amsterdam", info.get("timezone").getAsString());
        assertEquals("NL", info.get("country").getAsString());
    }

    @Test
    void onlyTheIssuesOfTheSupervisorBecomeRepairs() throws IOException {
        Set<String> repairs = new TreeSet<>();
        for (JsonObject issue : list(core.command("repairs/list_issues", Map.of()), "issues")) {
            if (issue.get("domain").getAsString().equals("hassio")) {
                repairs.add(issue.get("translation_key").getAsString());
            }
        }

        assertEquals(Set.of("issue_addon_boot_fail"), repairs);
        Set<String> withSuggestions = proxy.exchanges().stream()
                .map(Exchange::path)
                .filter(path -> path.matches("/resolution/issue/[0-9a-f]{32}/suggestions"))
                .collect(Collectors.toSet());
        assertEquals(ClientWorld.STOPPED.size(), withSuggestions.size());
    }

    @Test
    void noIntegrationOfABoardIsStarted() throws IOException {
        List<String> flows = StreamSupport.stream(
                        core.command("config_entries/flow/progress", Map.of())
                                .getAsJsonArray()
                                .spliterator(),
                        false)
                .map(flow -> flow.getAsJsonObject().get("handler").getAsString())
                .toList();

        assertEquals(List.of(), flows);
    }

    @Test
    void systemHealthReachesTheSupervisorWithoutAToken() throws IOException {
        core.command("system_health/info", Map.of());

        core.await("the ping", LIMIT, () -> proxy.of("GET", "/supervisor/ping").stream()
                .anyMatch(ping -> ping.authorization().isEmpty() && ping.status() == 200));
    }

    @Test
    void theFrontendAsksThroughCore() throws IOException {
        JsonObject info = core.command("supervisor/api", Map.of("endpoint", "/host/info", "method", "get"))
                .getAsJsonObject();

        assertTrue(info.get("hostname").isJsonNull(), info.toString());
    }

    @Test
    void aForcedRefreshEndsInTime() throws IOException {
        int before = proxy.of("POST", "/store/reload").size();
        core.command(
                "call_service",
                Map.of(
                        "domain", "homeassistant",
                        "service", "update_entity",
                        "service_data", Map.of("entity_id", List.of("update.started_update"))));

        core.await(
                "the reload of the store",
                LIMIT,
                () -> proxy.of("POST", "/store/reload").size() > before);
        for (Exchange reload : proxy.of("POST", "/store/reload")) {
            assertEquals(200, reload.status());
            assertTrue(reload.took().toSeconds() < 10, reload.took().toString());
        }
    }

    private static String entryState() {
        try {
            for (JsonElement entry : core.command("config_entries/get", Map.of("domain", "hassio"))
                    .getAsJsonArray()) {
                return entry.getAsJsonObject().get("state").getAsString();
            }
            return "";
        } catch (IOException failure) {
            return failure.toString();
        }
    }

    private static JsonObject json(Exchange exchange) {
        return JsonParser.parseString(exchange.answered()).getAsJsonObject();
    }

    private static List<JsonObject> list(JsonElement answer, String key) {
        JsonArray array = answer.getAsJsonObject().getAsJsonArray(key);
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
