package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.auth.Logins;
import hakube.testing.ApiClient;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.ws.rs.client.WebTarget;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What scripts of apps ask, byte by byte as library bashio (2026-08, {@code lib/api.sh}) and the usual programs ask it: bashio
 * sends its token as bearer and always a JSON body, {@code GET} and {@code DELETE} included.
 */
@AppHouse.Served
class BashioTest {

    private static final String BROKER = "local_broker";

    /** User {@code paulus} with password {@code correct horse}, in upstream's hashes. */
    private static final String KNOWN_LOGIN = """
            {"59f660e97e20ade2c9402b6d3dc80708731867916899e92dde7c493ad9d8d0ba":
             "787d46b57da196cd5c56b565c0e0e055fd5efb2278d679574b3781acffda8005"}
            """;

    private final AppHouse house;
    private final ApiClient api;
    private final Logins logins;

    @Inject
    BashioTest(AppHouse house, WebTarget target, Logins logins) {
        this.house = house;
        this.api = new ApiClient(target.getUri());
        this.logins = logins;
    }

    @BeforeEach
    void aBrokerAGuestAndAnAdministrator() {
        house.install(
                "broker",
                "services: [\"mqtt:provide\"]\ndiscovery: [mqtt]\nauth_api: true\ningress: true\npanel_icon: mdi:post\n");
        house.install("guest", "services: [\"mqtt:want\"]\n");
        house.install(
                "admin",
                "hassio_api: true\nhassio_role: admin\ningress: true\npanel_title: The Admin\npanel_admin: false\n");
        List.of("broker", "guest", "admin").forEach(app -> house.post("/addons/local_" + app + "/start", ""));
    }

    @Test
    void aServiceIsPublishedReadAndDeleted() {
        assertFalse(isAvailable("guest", "mqtt"));
        good(bashio(
                "broker",
                "POST",
                "/services/mqtt",
                "{\"host\":\"local-broker\",\"port\":1883,\"ssl\":false,\"protocol\":\"3.1.1\",\"username\":\"addons\","
                        + "\"password\":\"it's \\\"secret\\\"\"}"));
        assertTrue(isAvailable("guest", "mqtt"));
        assertEquals(
                "it's \"secret\"",
                bashio("guest", "GET", "/services/mqtt", "{}").data().getString("password"));
        assertEquals(
                BROKER, bashio("guest", "GET", "/services/mqtt", "{}").data().getString("addon"));
        assertEquals(
                ApiClient.json("{'services': [{'slug': 'mqtt', 'available': true, 'providers': ['local_broker']},"
                        + " {'slug': 'mysql', 'available': false, 'providers': []}]}"),
                bashio("guest", "GET", "/services", "{}").data());

        assertEquals(403, bashio("guest", "DELETE", "/services/mqtt", "{}").status());
        good(bashio("broker", "DELETE", "/services/mqtt", "{}"));
        assertFalse(isAvailable("guest", "mqtt"));
    }

    @Test
    void aDiscoveryIsAnnouncedAndDeleted() {
        String uuid = bashio(
                        "broker",
                        "POST",
                        "/discovery",
                        "{\"service\":\"mqtt\",\"config\":{\"host\":\"local-broker\",\"port\":1883,\"ssl\":false}}")
                .data()
                .getString("uuid");
        assertEquals(
                ApiClient.json("{'addon': 'local_broker', 'service': 'mqtt', 'uuid': '" + uuid
                        + "', 'config': {'host': 'local-broker', 'port': 1883, 'ssl': false}}"),
                shown().getJsonObject(0));
        assertEquals(
                ApiClient.json("{'mqtt': ['local_broker']}"),
                api.get("/discovery", AppHouse.CORE).data().get("services"));

        house.post("/addons/local_broker/stop", "");
        assertTrue(shown().isEmpty());
        house.post("/addons/local_broker/start", "");
        assertEquals(1, shown().size());

        good(bashio("broker", "DELETE", "/discovery/" + uuid, "{}"));
        assertTrue(shown().isEmpty());
    }

    @Test
    void whatAnAppOfferedGoesWithItAndIsAnothersAfterwards() {
        good(bashio("broker", "POST", "/services/mqtt", "{\"host\":\"one\",\"port\":1883}"));
        String uuid = bashio("broker", "POST", "/discovery", "{\"service\":\"mqtt\",\"config\":{}}")
                .data()
                .getString("uuid");
        house.post("/addons/local_broker/uninstall", "");

        assertFalse(isAvailable("guest", "mqtt"));
        assertEquals(404, api.get("/discovery/" + uuid, AppHouse.CORE).status());
        assertEquals(
                ApiClient.json("{'mqtt': ['local_broker']}"),
                api.get("/discovery", AppHouse.CORE).data().get("services"));
        good(bashio("guest", "POST", "/services/mqtt", "{\"host\":\"two\",\"port\":1883}"));
        house.post("/addons/local_guest/uninstall", "");
    }

    /** A bearer is none of basic authentication, so the password is not even looked at; upstream answers the same. */
    @Test
    void bashiosOwnLogInIsRefusedAsUpstreamRefusesIt() {
        ApiClient.Answer answer =
                bashio("broker", "POST", "/auth", "{\"username\":\"paulus\",\"password\":\"correct horse\"}");
        assertEquals("401: Unauthorized", answer.failure());
        assertEquals("Basic realm=\"Home Assistant Authentication\"", answer.header("WWW-Authenticate"));
    }

    @Test
    void aKnownLogInIsGoodWhileCoreCannotBeReached() {
        house.write("auth.json", KNOWN_LOGIN);
        logins.load();
        String token = house.tokenOf(BROKER);
        String basic = Base64.getEncoder().encodeToString("paulus:correct horse".getBytes(StandardCharsets.UTF_8));

        // Mosquitto's plug-in, nginx, and what posts a form.
        good(logIn(token, "{\"username\":\"paulus\",\"password\":\"correct horse\"}", "application/json"));
        good(api.send("GET", "/auth", "", "X-Supervisor-Token", token, "Authorization", "Basic " + basic));
        good(logIn(token, "username=paulus&password=correct+horse", "application/x-www-form-urlencoded"));
        assertEquals(
                "401: Unauthorized",
                logIn(token, "username=paulus&password=other", "application/x-www-form-urlencoded")
                        .failure());
        assertEquals(
                "403 -: Can't use Home Assistant auth!",
                logIn(house.tokenOf("local_guest"), "username=a&password=b", "application/x-www-form-urlencoded")
                        .failure());

        good(bashio("admin", "DELETE", "/auth/cache", "{}"));
        assertEquals(
                "401: Unauthorized",
                logIn(token, "{\"username\":\"paulus\",\"password\":\"correct horse\"}", "application/json")
                        .failure());
    }

    @Test
    void whatOnlyCoreKnowsIsAnsweredAsWhenCoreIsDown() {
        assertEquals(
                "500 auth_list_users_error: Can't request listing users on Home Assistant. Check Supervisor logs for"
                        + " details",
                bashio("admin", "GET", "/auth/list", "{}").failure());
        assertEquals(
                "400 auth_password_reset_error: Username 'paulus' does not exist. Check list of users using 'ha auth"
                        + " list'.",
                bashio("admin", "POST", "/auth/reset", "{\"username\":\"paulus\",\"password\":\"new\"}")
                        .failure());
        assertEquals(403, bashio("broker", "GET", "/auth/list", "{}").status());
        assertEquals(403, bashio("broker", "DELETE", "/auth/cache", "{}").status());
    }

    @Test
    void panelsAreThoseOfAppsWithIngress() {
        house.post("/addons/local_broker/options", "{\"ingress_panel\": true}");
        assertEquals(
                ApiClient.json("{'panels': {'local_broker': {'title': 'broker', 'icon': 'mdi:post', 'admin': true,"
                        + " 'enable': true}, 'local_admin': {'title': 'The Admin', 'icon': 'mdi:puzzle',"
                        + " 'admin': false, 'enable': false}}}"),
                bashio("admin", "GET", "/ingress/panels", "{}").data());
        assertEquals(401, bashio("admin", "POST", "/ingress/session", "{}").status());
    }

    private boolean isAvailable(String app, String service) {
        return bashio(app, "GET", "/services/" + service, "{}").status() == 200;
    }

    private JsonArray shown() {
        return api.get("/discovery", AppHouse.CORE).data().getJsonArray("discovery");
    }

    private ApiClient.Answer bashio(String app, String method, String path, String data) {
        return api.send(
                method,
                path,
                data,
                "Authorization",
                "Bearer " + house.tokenOf("local_" + app),
                "Content-Type",
                "application/json",
                "Accept",
                "*/*",
                "User-Agent",
                "curl/8.9.1");
    }

    private ApiClient.Answer logIn(String token, String body, String type) {
        return api.send("POST", "/auth", body, "X-Supervisor-Token", token, "Content-Type", type);
    }

    private static void good(ApiClient.Answer answer) {
        assertEquals("200 {\"result\":\"ok\",\"data\":{}}", answer.status() + " " + answer.text());
    }
}
