package hakube.services;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.BROKER;
import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.GUEST;
import static hakube.testing.CallersHouse.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.Features;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@CallersHouse.Served
class ServicesResourceTest {

    private static final String DATA =
            "{\"host\": \"core-broker\", \"port\": 1883, \"username\": \"addons\", \"password\": \"secret\"}";

    private final ApiClient api;
    private final Services services;
    private final State state;

    @Inject
    ServicesResourceTest(WebTarget target, State state, Services services) {
        this.api = new ApiClient(target.getUri());
        this.services = services;
        this.state = state;
        state.enter(SupervisorState.RUNNING);
    }

    @BeforeEach
    void nothingIsProvided() {
        services.reset();
    }

    @Test
    void whatAProviderTellsOthersRead() {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{}}",
                api.post("/services/mqtt", BROKER, DATA).text());

        assertEquals(
                "{\"host\":\"core-broker\",\"port\":1883,\"username\":\"addons\",\"password\":\"secret\",\"ssl\":false,"
                        + "\"protocol\":\"3.1.1\",\"addon\":\"core_broker\"}",
                api.get("/services/mqtt", GUEST).data().toString());
    }

    @Test
    void theSecondVersionCallsTheProviderAnApp() {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        api.post("/v2/services/mqtt", BROKER, DATA).data();

        String told = api.get("/v2/services/mqtt", GUEST).data().toString();
        assertTrue(told.endsWith(",\"app\":\"core_broker\"}"), told);
        assertEquals(
                told.replace("\"app\"", "\"addon\""),
                api.get("/services/mqtt", GUEST).data().toString());
    }

    @Test
    void mysqlHasNeitherSslNorProtocolAndTheUserMayBeLeftOut() {
        api.post("/services/mysql", GUEST, "{\"host\": \"db\", \"port\": \"3306\"}")
                .data();
        assertEquals(
                "{\"host\":\"db\",\"port\":3306,\"addon\":\"local_guest\"}",
                api.get("/services/mysql", GUEST).data().toString());
        assertEquals(
                "400 -: extra keys not allowed @ data['ssl']. Got '***'",
                api.post("/services/mysql", GUEST, "{\"host\": \"db\", \"port\": 1, \"ssl\": true}")
                        .failure());
    }

    @Test
    void theListSaysWhatThereIsToEverybody() {
        api.post("/services/mqtt", BROKER, DATA).data();
        for (String token : List.of(CORE, ADMINISTRATOR, BROKER, PLAIN)) {
            assertEquals(
                    ApiClient.json("{'services': [{'slug': 'mqtt', 'available': true, 'providers': ['core_broker']},"
                            + " {'slug': 'mysql', 'available': false, 'providers': []}]}"),
                    api.get("/services", token).data());
        }
    }

    @Test
    void whatNobodyProvidesIsNotEnabled() {
        assertEquals(
                "400 -: Service not enabled", api.get("/services/mqtt", GUEST).failure());
    }

    static List<String> strangers() {
        return List.of(CORE, ADMINISTRATOR, PLAIN);
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void whoDoesNotListAServiceHasNoAccess(String token) {
        api.post("/services/mqtt", BROKER, DATA).data();
        String refusal = "403 -: No access to mqtt service!";
        assertEquals(refusal, api.get("/services/mqtt", token).failure());
        assertEquals(refusal, api.post("/services/mqtt", token, DATA).failure());
        assertEquals(refusal, api.delete("/services/mqtt", token).failure());
        assertEquals(200, api.get("/services/mqtt", BROKER).status());
    }

    @Test
    void anyRightIsEnoughToSetAndOnlyProvideToDelete() {
        api.post("/services/mqtt", GUEST, DATA).data();
        assertEquals(
                "403 -: No access to write mqtt service!",
                api.delete("/services/mqtt", GUEST).failure());
        assertEquals(200, api.delete("/services/mqtt", BROKER).status());
        assertEquals(
                "400 -: Service not enabled", api.get("/services/mqtt", BROKER).failure());
    }

    @Test
    void theFirstProviderWins() {
        api.post("/services/mqtt", BROKER, DATA).data();
        for (String token : List.of(GUEST, BROKER)) {
            ApiClient.Answer answer = api.post("/services/mqtt", token, "{\"host\": \"other\", \"port\": 1}");
            assertEquals(
                    "409 service_already_provided_error: The mqtt service is already provided by core_broker",
                    answer.failure());
            assertEquals(
                    ApiClient.json("{'service': 'mqtt', 'app': 'core_broker'}"),
                    answer.json().get("extra_fields"));
        }
        assertEquals("core-broker", api.get("/services/mqtt", GUEST).data().getString("host"));
    }

    @Test
    void whatIsNotProvidedCannotBeDeleted() {
        ApiClient.Answer answer = api.delete("/services/mqtt", BROKER);
        assertEquals(
                "404 service_not_provided_error: The mqtt service is not currently provided by any app",
                answer.failure());
        assertEquals(ApiClient.json("{'service': 'mqtt'}"), answer.json().get("extra_fields"));
    }

    @Test
    void thereAreTwoServices() {
        String refusal = "404 -: Service does not exist";
        assertEquals(refusal, api.get("/services/redis", BROKER).failure());
        assertEquals(refusal, api.get("/services/MQTT", BROKER).failure());
        assertEquals(refusal, api.post("/services/redis", BROKER, "{").failure());
        assertEquals(refusal, api.delete("/services/redis", BROKER).failure());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{no json | Invalid json",
                "[] | expected a dictionary. Got '***'",
                "{\"host\": \"h\"} | required key not provided @ data['port']. Got None",
                "{\"port\": 1} | required key not provided @ data['host']. Got None",
                "{\"host\": 5, \"port\": 1} | expected str for dictionary value @ data['host']. Got '***'",
                "{\"host\": \"h\", \"port\": \"x\"} | expected int for dictionary value @ data['port']. Got '***'",
                "{\"host\": \"h\", \"port\": 0} | value must be at least 1 for dictionary value @ data['port']. Got '***'",
                "{\"host\": \"h\", \"port\": 65536} | value must be at most 65535 for dictionary value @ data['port']. Got '***'",
                "{\"host\": \"h\", \"port\": 1, \"username\": null} | expected str for dictionary value @ data['username']. Got '***'",
                "{\"host\": \"h\", \"port\": 1, \"password\": 1} | expected str for dictionary value @ data['password']. Got '***'",
                "{\"host\": \"h\", \"port\": 1, \"ssl\": \"so\"} | expected boolean for dictionary value @ data['ssl']. Got '***'",
                "{\"host\": \"h\", \"port\": 1, \"protocol\": 5} | expected str for dictionary value @ data['protocol']. Got '***'",
                "{\"host\": \"h\", \"port\": 1, \"protocol\": \"5\"} | value must be one of ['3.1', '3.1.1'] for dictionary value @ data['protocol']. Got '***'",
                "{\"host\": \"h\", \"port\": 1, \"addon\": \"x\"} | extra keys not allowed @ data['addon']. Got '***'"
            })
    void whatDoesNotFitIsRefusedInUpstreamsWordsButForTheValueWhoeverSendsIt(String body, String message) {
        assertEquals(
                "400 -: " + message, api.post("/services/mqtt", BROKER, body).failure());
        assertEquals(
                "400 -: " + message, api.post("/services/mqtt", PLAIN, body).failure());
        assertEquals(
                "400 -: Service not enabled", api.get("/services/mqtt", BROKER).failure());
    }

    @Test
    void dataHasALimit() {
        String large = "{\"host\": \"" + "h".repeat(Services.LARGEST_REQUEST) + "\", \"port\": 1}";
        assertEquals(
                "400 -: The data of a service is too large: " + large.length()
                        + " characters, at most 65536 are allowed",
                api.post("/services/mqtt", BROKER, large).failure());
    }
}
