package hakube.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hakube.auth.CoreLogin.Verdict;
import hakube.link.FakeCore;
import hakube.link.FakeCore.Reply;
import hakube.link.LinkHouse;
import hakube.relay.CoreLinkConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedCoreTest {

    private static final Credentials CREDENTIALS = new Credentials("anna", "päss\"word");

    @TempDir
    private Path share;

    private LinkHouse house;
    private FakeCore core;
    private LinkedCore login;

    @BeforeEach
    void connect() throws Exception {
        house = new LinkHouse(share, "2026.11.0");
        String address = LinkHouse.freeAddress();
        core = new FakeCore(address, CoreLinkConfig.PORT).behindLink(house.secret("token"));
        login = new LinkedCore(house.link(), house.http());
        house.begin();
        house.runAt(address);
        LinkHouse.await("up", login::isUp);
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
        core.close();
    }

    @Test
    void whatCoreSaysIsTheVerdict() {
        Map.of(
                        200,
                        Verdict.GOOD,
                        404,
                        Verdict.BAD,
                        400,
                        Verdict.BAD,
                        401,
                        Verdict.NONE,
                        500,
                        Verdict.NONE,
                        502,
                        Verdict.NONE)
                .forEach((status, verdict) -> {
                    core.on("POST /api/hassio_auth", _ -> new Reply(status, ""));
                    core.on("POST /api/hassio_auth/password_reset", _ -> new Reply(status, ""));
                    assertEquals(verdict, login.check("core_mosquitto", CREDENTIALS), status.toString());
                    assertEquals(verdict, login.resetPassword(CREDENTIALS), status.toString());
                });
    }

    /** Behind the socket the Supervisor's own question is always answered. */
    @Test
    void nobodyIsLoggedInAsAPersonThroughTheLink() {
        AtomicInteger flows = new AtomicInteger();
        core.on("POST /api/hassio_auth", _ -> new Reply(500, ""));
        core.on("POST /auth/login_flow", _ -> {
            flows.incrementAndGet();
            return new Reply(404, "");
        });
        assertEquals(Verdict.NONE, login.check("core_mosquitto", CREDENTIALS));
        assertEquals(0, flows.get());
    }

    @Test
    void theQuestionNamesTheApp() {
        core.on(
                "POST /api/hassio_auth",
                request -> new Reply(
                        request.body().contains("\"addon\":\"core_mosquitto\"")
                                        && request.body().contains("\"username\":\"anna\"")
                                        && request.body().contains("\"password\":\"päss\\\"word\"")
                                ? 200
                                : 404,
                        ""));
        assertEquals(Verdict.GOOD, login.check("core_mosquitto", CREDENTIALS));
    }

    @Test
    void usersAreThoseOfCore() {
        core.result("config/auth/list", """
                [{"id": "1", "username": null, "name": null, "is_owner": false, "is_active": true, "local_only": true,
                  "system_generated": true, "group_ids": ["system-admin"], "credentials": []},
                 {"id": "2", "username": "anna", "name": "Anna", "is_owner": true, "is_active": true,
                  "local_only": false, "system_generated": false, "group_ids": [], "credentials": [{"type": "homeassistant"}]}]
                """.replace("\n", " "));
        assertEquals(
                Optional.of(List.of(
                        new CoreUser(
                                "1", Optional.empty(), Optional.empty(), false, true, true, List.of("system-admin")),
                        new CoreUser("2", Optional.of("anna"), Optional.of("Anna"), true, true, false, List.of()))),
                login.users());
    }

    @Test
    void aStrangeListIsNoAnswer() {
        for (String strange : List.of("null", "{}", "[1]", "[{}]", "error")) {
            core.result("config/auth/list", strange);
            assertEquals(Optional.empty(), login.users(), strange);
        }
    }

    @Test
    void aCoreThatIsGoneGivesNoAnswer() throws Exception {
        core.close();
        LinkHouse.await("down", () -> !login.isUp());
        assertEquals(Verdict.NONE, login.check("core_mosquitto", CREDENTIALS));
        assertEquals(Optional.empty(), login.users());
        assertFalse(login.isUp());
    }
}
