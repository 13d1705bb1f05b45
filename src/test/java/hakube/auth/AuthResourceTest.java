package hakube.auth;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.BROKER;
import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.GUEST;
import static hakube.testing.CallersHouse.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.FakeCoreLogin;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CallersHouse.Served
class AuthResourceTest {

    private static final String REALM = "Basic realm=\"Home Assistant Authentication\"";
    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final ApiClient api;
    private final FakeCoreLogin core;
    private final Logins logins;

    @Inject
    AuthResourceTest(WebTarget target, State state, FakeCoreLogin core, Logins logins) {
        this.api = new ApiClient(target.getUri());
        this.core = core;
        this.logins = logins;
        state.enter(SupervisorState.RUNNING);
    }

    @BeforeEach
    void coreIsUpAndKnowsAUser() {
        core.up(true);
        core.mute(false);
        core.password("jürgen", "a+b &=☂");
        logins.forgetAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void eachWayOfAskingIsUnderstood(String method) {
        assertGood(basic(method, BROKER, "jürgen:a+b &=☂", StandardCharsets.UTF_8));
        assertGood(json(method, "{\"username\": \"jürgen\", \"password\": \"a+b &=☂\"}"));
        assertGood(json(method, "{\"user\": \"jürgen\", \"password\": \"a+b &=☂\", \"more\": 1}"));
        assertGood(json(method, "{\"username\": \"\", \"user\": \"jürgen\", \"password\": \"a+b &=☂\"}"));
        assertGood(form(method, "username=j%C3%BCrgen&password=a%2Bb+%26%3D%E2%98%82"));
        assertGood(form(method, "user=j%c3%bcrgen&more&password=a%2bb%20%26=%E2%98%82&password=other\r\n"));
    }

    @Test
    void aHeaderInLatinLettersIsUnderstoodToo() {
        core.password("jürgen", "früh");
        assertGood(basic("GET", BROKER, "jürgen:früh", StandardCharsets.ISO_8859_1));
    }

    @Test
    void aPasswordMayHaveColonsAndPercentSigns() {
        core.password("jürgen", "a:b:%zz%");
        assertGood(basic("GET", BROKER, "jürgen:a:b:%zz%", StandardCharsets.UTF_8));
        assertGood(form("POST", "username=jürgen&password=a:b:%zz%"));
    }

    @Test
    void aRefusalNamesTheBasicWayToThoseWhoTookIt() {
        assertPlain(REALM, basic("POST", BROKER, "jürgen:wrong", StandardCharsets.UTF_8));
        assertPlain("", json("POST", "{\"username\": \"jürgen\", \"password\": \"wrong\"}"));
        assertPlain("", form("POST", "username=jürgen&password=wrong"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer " + "b0b0b0b0",
                "Basic",
                "Basic !!!",
                "Basic bm9jb2xvbg==",
                "Digest username=\"x\"",
                "nonsense"
            })
    void aHeaderThatIsNoneOfBasicCountsBeforeAnyBody(String header) {
        assertPlain(
                REALM,
                api.send(
                        "POST",
                        "/auth",
                        "{\"username\": \"jürgen\", \"password\": \"a+b &=☂\"}",
                        "X-Supervisor-Token",
                        BROKER,
                        "Authorization",
                        header,
                        "Content-Type",
                        JSON));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json; charset=utf-8", "application/x-www-form-urlencoded;x=y"})
    void anyOtherContentTypeIsToldOfTheBasicWay(String type) {
        assertPlain(REALM, send("POST", type, "{\"username\": \"jürgen\", \"password\": \"a+b &=☂\"}"));
    }

    @Test
    void whoSaysNothingIsToldOfTheBasicWay() {
        assertPlain(REALM, api.get("/auth", BROKER));
        assertPlain(REALM, api.post("/auth", BROKER, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"username\": \"jürgen\"}",
                "{\"password\": \"a\"}",
                "{\"username\": null, \"password\": \"a\"}",
                "{\"username\": \"jürgen\", \"password\": null}",
                "{\"username\": 5, \"password\": \"a\"}",
                "{\"username\": \"jürgen\", \"password\": [\"a\"]}",
                "{\"username\": \"\", \"password\": \"a\"}"
            })
    void nameAndPasswordMustBeTexts(String body) {
        ApiClient.Answer answer = json("POST", body);
        assertEquals(
                "401 auth_invalid_non_string_value_error: Username and password must be strings", answer.failure());
        assertEquals(REALM, answer.header("WWW-Authenticate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "username=x", "password=x", "username=&password=x"})
    void aFormMustHaveBoth(String body) {
        assertEquals(
                "401 auth_invalid_non_string_value_error: Username and password must be strings",
                form("POST", body).failure());
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertEquals("400 -: Invalid json", json("POST", "{not json}").failure());
        assertEquals(
                "400 -: expected a dictionary. Got '***'", json("POST", "[]").failure());
        assertEquals(
                "400 -: The log-in is too large, at most 65536 bytes are allowed",
                json("POST", "{\"username\": \"" + "x".repeat(LoginRequest.LARGEST) + "\"}")
                        .failure());
    }

    @Test
    void onlyAnAppThatMayIsAnswered() {
        for (String token : List.of(GUEST, PLAIN, CORE, ADMINISTRATOR)) {
            assertEquals(
                    "403 -: Can't use Home Assistant auth!",
                    basic("POST", token, "jürgen:a+b &=☂", StandardCharsets.UTF_8)
                            .failure());
        }
    }

    @Test
    void whileCoreIsDownTheCacheAnswers() {
        assertGood(json("POST", "{\"username\": \"jürgen\", \"password\": \"a+b &=☂\"}"));
        core.up(false);
        assertGood(basic("GET", BROKER, "jürgen:a+b &=☂", StandardCharsets.UTF_8));
        assertPlain(REALM, basic("GET", BROKER, "jürgen:other", StandardCharsets.UTF_8));

        assertEquals(200, api.delete("/auth/cache", ADMINISTRATOR).status());
        assertPlain(REALM, basic("GET", BROKER, "jürgen:a+b &=☂", StandardCharsets.UTF_8));
    }

    @Test
    void aMuteCoreIsTold() {
        core.mute(true);
        assertEquals(
                "500 auth_home_assistant_api_validation_error: Unable to validate authentication details with Home"
                        + " Assistant. Check Supervisor logs for details",
                form("POST", "username=a&password=b").failure());
    }

    @Test
    void aPasswordIsReset() {
        assertEquals(
                200,
                api.post("/auth/reset", ADMINISTRATOR, "{\"username\": \"jürgen\", \"password\": \"new\"}")
                        .status());
        assertGood(form("POST", "username=jürgen&password=new"));

        ApiClient.Answer unknown = api.post("/auth/reset", CORE, "{\"username\": \"john\", \"password\": \"doe\"}");
        assertEquals(
                "400 auth_password_reset_error: Username 'john' does not exist. Check list of users using 'ha auth"
                        + " list'.",
                unknown.failure());
        assertEquals(
                ApiClient.json("{'user': 'john', 'auth_list_command': 'ha auth list'}"),
                unknown.json().get("extra_fields"));
    }

    @Test
    void aResetNeedsBothTexts() {
        assertEquals(
                "400 -: expected str for dictionary value @ data['password']. Got '***'\n"
                        + "extra keys not allowed @ data['more']. Got '***'\n"
                        + "required key not provided @ data['username']. Got None",
                api.post("/auth/reset", ADMINISTRATOR, "{\"password\": 5, \"more\": 1}")
                        .failure());
    }

    @Test
    void usersAreListedWithAllThatClientsRead() {
        core.users(
                new CoreUser("1", Optional.of("test"), Optional.of("Test"), true, true, false, List.of("system-admin")),
                new CoreUser("2", Optional.of("bare"), Optional.empty(), false, false, true, List.of()),
                new CoreUser("3", Optional.empty(), Optional.of("Supervisor"), false, true, false, List.of()));
        assertEquals(
                ApiClient.json("{'users': [{'username': 'test', 'name': 'Test', 'is_owner': true, 'is_active': true,"
                        + " 'local_only': false, 'group_ids': ['system-admin']}, {'username': 'bare', 'name': null,"
                        + " 'is_owner': false, 'is_active': false, 'local_only': true, 'group_ids': []}]}"),
                api.get("/auth/list", ADMINISTRATOR).data());
    }

    @Test
    void usersOfACoreThatIsDownAreNotGuessed() {
        core.up(false);
        assertEquals(
                "500 auth_list_users_error: Can't request listing users on Home Assistant. Check Supervisor logs for"
                        + " details",
                api.get("/auth/list", CORE).failure());
    }

    private static void assertGood(ApiClient.Answer answer) {
        assertEquals("200 {\"result\":\"ok\",\"data\":{}}", answer.status() + " " + answer.text());
    }

    private static void assertPlain(String challenge, ApiClient.Answer answer) {
        assertEquals("401: Unauthorized", answer.failure());
        assertEquals(401, answer.status());
        assertEquals(challenge, answer.header("WWW-Authenticate"));
    }

    private ApiClient.Answer json(String method, String body) {
        return send(method, JSON, body);
    }

    private ApiClient.Answer form(String method, String body) {
        return send(method, FORM, body);
    }

    private ApiClient.Answer send(String method, String type, String body) {
        return api.send(method, "/auth", body, "X-Supervisor-Token", BROKER, "Content-Type", type);
    }

    private ApiClient.Answer basic(String method, String token, String credentials, Charset charset) {
        String encoded = Base64.getEncoder().encodeToString(credentials.getBytes(charset));
        return api.send(method, "/auth", "", "X-Supervisor-Token", token, "Authorization", "Basic " + encoded);
    }
}
