package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token is read, and what wrong ones cost (security.md 2 and 9). */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddConfig(key = "management.port", value = "0")
class TokenHeadersTest {

    private static final String CORE = Visitor.CORE.token();
    private static final String WRONG = Visitor.STRANGER.token();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final RawHttp server;
    private final State state;

    @Inject
    TokenHeadersTest(WebTarget target, State state) {
        this.server = new RawHttp(target.getUri());
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Supervisor-Token: %s",
                "x-supervisor-token:%s",
                "X-Hassio-Key: %s",
                "Authorization: Bearer %s",
                "Authorization: whatever it says %s",
                "Authorization: %s",
                "X-Supervisor-Token:\r\nX-Hassio-Key: %s",
                "X-Supervisor-Token: \r\nX-Hassio-Key:\r\nAuthorization: Bearer %s",
                "X-Supervisor-Token: %s\r\nAuthorization: Basic dXNlcjpwYXNz",
                "X-Supervisor-Token: %s\r\nX-Supervisor-Token: wrong"
            })
    void theFirstThatIsNotEmptyCounts(String headers) throws IOException {
        assertEquals(200, get(headers.formatted(CORE)).status());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Supervisor-Token: Bearer %s",
                "X-Hassio-Key: Bearer %s",
                "X-Supervisor-Token: wrong\r\nX-Hassio-Key: %s",
                "X-Hassio-Key: wrong\r\nAuthorization: Bearer %s",
                "X-Supervisor-Token: wrong\r\nX-Supervisor-Token: %s",
                "Authorization: %s x",
                "Authorization: Bearer=%s",
                "X-Supervisor-Token: %sc",
                "X-Supervisor-Token: \u00e9%s"
            })
    void anythingElseIsAWrongOne(String headers) throws IOException {
        assertEquals("403: Forbidden", get(headers.formatted(CORE)).body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: */*",
                "X-Supervisor-Token:",
                "X-Supervisor-Token: \r\nX-Hassio-Key: \t\r\nAuthorization:",
                "Cookie: X-Supervisor-Token=%s",
                "X-Ha-Access: %s",
                "Proxy-Authorization: Bearer %s",
                "X_Supervisor_Token: %s"
            })
    void whatIsNoneOfTheThreeIsNoToken(String headers) throws IOException {
        assertEquals("401: Unauthorized", get(headers.formatted(CORE)).body());
    }

    @Test
    void anUpgradeDoesNotGoRoundTheGate() throws IOException {
        String upgrade =
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13";
        for (String path : new String[] {"/supervisor/info", "/core/info", "/no/such/route"}) {
            assertEquals("401: Unauthorized", server.send("GET", path, upgrade).body());
        }
        assertEquals(
                "401: Unauthorized",
                server.send("GET", "/supervisor/info", "Upgrade: h2c\r\nHTTP2-Settings: AAA")
                        .body());
    }

    @Test
    void manyWrongTokensGetTheSameAnswerLateAndAGoodOneDoesNot() throws IOException {
        String wrong = "X-Supervisor-Token: " + WRONG;
        String good = "X-Supervisor-Token: " + CORE;
        for (int i = 0; i < WrongTokens.BURST; i++) {
            assertEquals("403: Forbidden", get(wrong).body());
        }
        // Time forgives a few meanwhile.
        Eventually.holds("a wrong one is held back", PATIENCE, () -> isLate(wrong, "403: Forbidden"));
        Eventually.holds("a good one is answered at once", PATIENCE, () -> !isLate(good, "\"result\":\"ok\""));
    }

    /** Whether the answer, which has these words, takes as long as one that is held back. */
    private boolean isLate(String header, String words) throws IOException {
        long begin = System.nanoTime();
        String body = get(header).body();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(body.contains(words), body);
        return taken.toMillis() >= 900;
    }

    private RawHttp.Answer get(String headers) throws IOException {
        return server.send("GET", "/supervisor/info", headers);
    }
}
