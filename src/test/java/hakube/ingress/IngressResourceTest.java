package hakube.ingress;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.BROKER;
import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.PLAIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.auth.CoreUser;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.FakeCoreLogin;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@CallersHouse.Served
class IngressResourceTest {

    private final ApiClient api;
    private final FakeCoreLogin core;
    private final IngressSessions sessions;

    @Inject
    IngressResourceTest(WebTarget target, State state, FakeCoreLogin core, IngressSessions sessions) {
        this.api = new ApiClient(target.getUri());
        this.core = core;
        this.sessions = sessions;
        state.enter(SupervisorState.RUNNING);
    }

    @BeforeEach
    void coreIsUp() {
        core.up(true);
        core.users(new CoreUser("some-id", Optional.of("sn"), Optional.of("Some Name"), false, true, false, List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}"})
    void coreMakesASessionAndKeepsItAlive(String body) {
        String session = api.post("/ingress/session", CORE, body).data().getString("session");

        assertTrue(session.matches("[0-9a-f]{128}"), session);
        assertEquals(
                "{\"result\":\"ok\",\"data\":{}}",
                api.post("/ingress/validate_session", CORE, "{\"session\": \"" + session + "\"}")
                        .text());
        assertEquals(Optional.empty(), sessions.userOf(session));
    }

    @Test
    void aSessionKnowsItsUser() {
        assertEquals(
                Optional.of(new IngressUser("some-id", Optional.of("sn"), Optional.of("Some Name"))),
                sessions.userOf(create("some-id")));
    }

    @Test
    void aSessionIsMadeWithoutAUserThatCoreDoesNotTell() {
        assertEquals(Optional.empty(), sessions.userOf(create("unknown")));
        core.up(false);
        String session = create("some-id");
        assertEquals(Optional.empty(), sessions.userOf(session));
        assertTrue(sessions.use(session));
    }

    @Test
    void anUnknownSessionIsNotValid() {
        ApiClient.Answer answer = api.post("/ingress/validate_session", CORE, "{\"session\": \"non-existing\"}");
        assertEquals(401, answer.status());
        assertEquals("401: Unauthorized", answer.failure());
    }

    @Test
    void coreAloneHasToDoWithSessions() {
        for (String path : List.of("/ingress/session", "/ingress/validate_session")) {
            assertEquals(
                    "401: Unauthorized",
                    api.post(path, ADMINISTRATOR, "{no json").failure());
            assertEquals("401: Unauthorized", api.post(path, PLAIN, "{}").failure());
            assertEquals("403: Forbidden", api.post(path, BROKER, "{}").failure());
        }
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertEquals(
                "400 -: expected str for dictionary value @ data['user_id']. Got 5",
                api.post("/ingress/session", CORE, "{\"user_id\": 5}").failure());
        assertEquals(
                "400 -: extra keys not allowed @ data['user']. Got 'x'",
                api.post("/ingress/session", CORE, "{\"user\": \"x\"}").failure());
        assertEquals(
                "400 -: required key not provided @ data['session']. Got None",
                api.post("/ingress/validate_session", CORE, "").failure());
        assertEquals(
                "400 -: expected str for dictionary value @ data['session']. Got None",
                api.post("/ingress/validate_session", CORE, "{\"session\": null}")
                        .failure());
    }

    @Test
    void withoutAppsThereAreNoPanels() {
        for (String token : List.of(CORE, ADMINISTRATOR, PLAIN)) {
            assertEquals(
                    ApiClient.json("{'panels': {}}"),
                    api.get("/ingress/panels", token).data());
        }
        assertEquals("403: Forbidden", api.get("/ingress/panels", BROKER).failure());
    }

    private String create(String user) {
        return api.post("/ingress/session", CORE, "{\"user_id\": \"" + user + "\"}")
                .data()
                .getString("session");
    }
}
