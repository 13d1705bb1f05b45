package hakube.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.testing.HomeAssistant;
import hakube.testing.RecordingProxy;
import hakube.testing.RecordingProxy.Exchange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The real Home Assistant Core with this Supervisor: its side of the contract, so far as it needs no link back to Core. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CoreClientIT {

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

    private static CoreWorld home;
    private static RecordingProxy proxy;
    private static HomeAssistant core;

    @BeforeAll
    static void furnish() throws Exception {
        home = CoreWorld.in(folder);
        proxy = home.proxy();
        core = home.core();
    }

    @AfterAll
    static void leave() throws Exception {
        if (home != null) {
            home.close();
        }
    }

    @Test
    void theEntryIsLoadedWithoutAWordOfWarning() {
        core.await("state loaded", CoreWorld.LIMIT, () -> home.entryState().equals("loaded"));

        assertEquals(List.of(), home.complaints());
    }

    @Test
    void theNextRoundLeavesNoWordOfWarning() throws IOException {
        int rounds = home.rounds();
        List<Integer> before = FIRST_ROUND.stream().map(CoreClientIT::timesOf).toList();
        int apps = timesOf("/addons");

        // An entity of Core and one of an app: each has a round of its own.
        home.update("update.home_assistant_core_update");
        home.update("update.started_update");

        core.await("two more rounds", CoreWorld.LIMIT, () -> home.rounds() >= rounds + 2);
        for (int i = 0; i < before.size(); i++) {
            assertTrue(timesOf(FIRST_ROUND.get(i)) > before.get(i), FIRST_ROUND.get(i));
        }
        assertTrue(timesOf("/addons") > apps);
        assertEquals(List.of(), home.complaints());
    }

    /** That the two tests above can fail; the last one, since Core complains then. */
    @Test
    @Order(Integer.MAX_VALUE)
    void aKeyThatIsLostIsNoticed() throws IOException {
        proxy.rewrite("/core/info", body -> body.replace("\"watchdog\"", "\"watch_dog\""));
        home.reload();

        core.await("another state", CoreWorld.LIMIT, () -> home.entryState().equals("setup_retry"));
        assertFalse(home.complaints().isEmpty());

        proxy.rewrite("/core/info", body -> body);
        home.reload();
        core.await(
                "state loaded again", CoreWorld.LIMIT, () -> home.entryState().equals("loaded"));
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
        JsonObject info = home.world().supervisor().get("/core/info").data();

        assertEquals(8123, told.get("port").getAsInt());
        assertTrue(told.get("refresh_token").isJsonNull(), told.toString());
        assertEquals(8123, info.get("port").getAsInt());
        assertFalse(info.get("ssl").getAsBoolean());
    }

    @Test
    void zoneAndCountryAreTaken() throws IOException {
        JsonObject info = home.world().supervisor().get("/supervisor/info").data();

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

        core.await("the ping", CoreWorld.LIMIT, () -> proxy.of("GET", "/supervisor/ping").stream()
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
        home.update("update.started_update");

        core.await(
                "the reload of the store",
                CoreWorld.LIMIT,
                () -> proxy.of("POST", "/store/reload").size() > before);
        for (Exchange reload : proxy.of("POST", "/store/reload")) {
            assertEquals(200, reload.status());
            assertTrue(reload.took().toSeconds() < 10, reload.took().toString());
        }
    }

    private static int timesOf(String path) {
        return proxy.of("GET", path).size();
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
