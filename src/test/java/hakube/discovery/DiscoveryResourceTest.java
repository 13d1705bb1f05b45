package hakube.discovery;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.BROKER;
import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.GUEST;
import static hakube.testing.CallersHouse.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.FakeApps;
import hakube.testing.Features;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.ws.rs.client.WebTarget;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@CallersHouse.Served
class DiscoveryResourceTest {

    private static final String MESSAGE =
            "{\"service\": \"mqtt\", \"config\": {\"host\": \"core-broker\", \"port\": 1883, \"ssl\": false}}";

    private final ApiClient api;
    private final FakeApps apps;
    private final Discovery discovery;
    private final State state;

    @Inject
    DiscoveryResourceTest(WebTarget target, State state, FakeApps apps, Discovery discovery) {
        this.api = new ApiClient(target.getUri());
        this.apps = apps;
        this.discovery = discovery;
        this.state = state;
        state.enter(SupervisorState.RUNNING);
    }

    @BeforeEach
    void nothingIsAnnounced() {
        discovery.withdraw("core_broker");
        discovery.withdraw("local_guest");
        apps.stop("core_broker");
        apps.stop("local_guest");
    }

    @Test
    void anAppAnnouncesAndCoreReads() {
        String uuid = announce(BROKER, MESSAGE);
        assertTrue(uuid.matches("[0-9a-f]{32}"), uuid);

        assertEquals(
                ApiClient.json("{'addon': 'core_broker', 'service': 'mqtt', 'uuid': '" + uuid
                        + "', 'config': {'host': 'core-broker', 'port': 1883, 'ssl': false}}"),
                api.get("/discovery/" + uuid, CORE).data());
    }

    @Test
    void theSecondVersionCallsTheAppAnApp() {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        apps.start("core_broker");
        String uuid = api.post("/v2/discovery", BROKER, MESSAGE).data().getString("uuid");
        String message = "{'app': 'core_broker', 'service': 'mqtt', 'uuid': '" + uuid
                + "', 'config': {'host': 'core-broker', 'port': 1883, 'ssl': false}}";

        assertEquals(
                ApiClient.json(message), api.get("/v2/discovery/" + uuid, CORE).data());
        assertEquals(
                ApiClient.json("{'discovery': [" + message + "], 'services': {'mqtt': ['core_broker', 'core_other']}}"),
                api.get("/v2/discovery", CORE).data());
        assertEquals(
                ApiClient.json(message.replace("'app'", "'addon'")),
                api.get("/discovery/" + uuid, CORE).data());
    }

    @Test
    void theListHasMessagesOfStartedAppsAndWhoCouldAnnounceWhat() {
        announce(BROKER, MESSAGE);
        String guests = announce(GUEST, "{\"service\": \"other\", \"config\": {}}");
        assertEquals(List.of(), shown());
        apps.start("local_guest");
        assertEquals(
                ApiClient.json("{'discovery': [{'addon': 'local_guest', 'service': 'other', 'uuid': '" + guests
                        + "', 'config': {}}], 'services': {'mqtt': ['core_broker', 'core_other']}}"),
                api.get("/discovery", CORE).data());
    }

    @Test
    void theSameAgainIsTheSameMessageAndAnotherContentTakesItsPlace() {
        apps.start("core_broker");
        String uuid = announce(BROKER, MESSAGE);
        assertEquals(uuid, announce(BROKER, MESSAGE));
        assertEquals(uuid, announce(BROKER, "{\"service\": \"mqtt\", \"config\": {\"port\": 8883}}"));
        assertEquals(1, shown().size());
        assertEquals(
                ApiClient.json("{'port': 8883}"),
                api.get("/discovery/" + uuid, CORE).data().get("config"));
    }

    @Test
    void anotherAppsMessageOfTheSameServiceIsAnother() {
        assertNotEquals(announce(BROKER, MESSAGE), announce(GUEST, MESSAGE));
    }

    @Test
    void coreAloneReads() {
        String uuid = announce(BROKER, MESSAGE);
        for (String token : List.of(ADMINISTRATOR, BROKER, PLAIN)) {
            assertEquals("401: Unauthorized", api.get("/discovery", token).failure());
            assertEquals(
                    "401: Unauthorized", api.get("/discovery/" + uuid, token).failure());
            assertEquals(
                    "401: Unauthorized", api.get("/discovery/unknown", token).failure());
        }
    }

    @Test
    void whatIsUnknownIsNotFound() {
        assertEquals(
                "404 -: Discovery message not found",
                api.get("/discovery/unknown", CORE).failure());
        assertEquals(
                "404 -: Discovery message not found",
                api.delete("/discovery/unknown", BROKER).failure());
    }

    @Test
    void onlyWhatTheManifestListsMayBeAnnounced() {
        String refusal = "403 -: Apps must list services they provide via discovery in their config!";
        assertEquals(
                refusal,
                api.post("/discovery", BROKER, MESSAGE.replace("mqtt", "other")).failure());
        for (String token : List.of(PLAIN, CORE, ADMINISTRATOR)) {
            assertEquals(refusal, api.post("/discovery", token, MESSAGE).failure());
        }
    }

    @Test
    void onlyItsAppDeletesAMessage() {
        String uuid = announce(BROKER, MESSAGE);
        for (String token : List.of(GUEST, PLAIN, CORE, ADMINISTRATOR)) {
            assertEquals(
                    "403 -: Can't remove discovery message",
                    api.delete("/discovery/" + uuid, token).failure());
        }
        assertEquals(200, api.delete("/discovery/" + uuid, BROKER).status());
        assertEquals(404, api.get("/discovery/" + uuid, CORE).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{no json | Invalid json",
                "[1] | expected a dictionary. Got [1]",
                "{\"service\": \"mqtt\"} | required key not provided @ data['config']. Got None",
                "{\"config\": {}} | required key not provided @ data['service']. Got None",
                "{\"service\": 1, \"config\": {}} | expected str for dictionary value @ data['service']. Got 1",
                "{\"service\": \"mqtt\", \"config\": 1} | expected dict for dictionary value @ data['config']. Got 1",
                "{\"service\": \"mqtt\", \"config\": null} | expected dict for dictionary value @ data['config']. Got None",
                "{\"service\": \"mqtt\", \"config\": {}, \"component\": \"mqtt\"} | extra keys not allowed @ data['component']. Got 'mqtt'"
            })
    void whatDoesNotFitIsRefusedInUpstreamsWords(String body, String message) {
        assertEquals("400 -: " + message, api.post("/discovery", BROKER, body).failure());
        assertEquals("400 -: " + message, api.post("/discovery", PLAIN, body).failure());
    }

    @Test
    void aMessageHasALimit() {
        String large = "{\"service\": \"mqtt\", \"config\": {\"k\": \"" + "v".repeat(DiscoveryRequest.LARGEST) + "\"}}";
        assertEquals(
                "400 -: The discovery message is too large: " + large.length()
                        + " characters, at most 65536 are allowed",
                api.post("/discovery", BROKER, large).failure());
    }

    private String announce(String token, String message) {
        return api.post("/discovery", token, message).data().getString("uuid");
    }

    private JsonArray shown() {
        return api.get("/discovery", CORE).data().getJsonArray("discovery");
    }
}
