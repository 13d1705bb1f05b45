package hakube.access;

import static hakube.testing.Administrator.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of security through the real server. */
@HelidonTest
@AddBean(GateTest.House.class)
@AddConfig(key = "management.port", value = "0")
class SecurityResourceTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    private final Administrator administrator;
    private final State state;

    @Inject
    SecurityResourceTest(WebTarget target, State state) {
        this.administrator = new Administrator(target);
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
        options("{\"pwned\": true, \"force_security\": false}", 200);
    }

    @Test
    void optionsChangeWhatTheyNameAndNothingElse() {
        assertInfo(false, true);
        assertEquals(OK, options("{\"force_security\": \"on\"}", 200));
        assertInfo(true, true);
        assertEquals(OK, options("{\"pwned\": 0}", 200));
        assertInfo(true, false);
        assertEquals(OK, options("", 200));
        assertInfo(true, false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"pwned\": \"maybe\"} | expected boolean for dictionary value @ data['pwned']. Got 'maybe'",
                "{\"content_trust\": true} | extra keys not allowed @ data['content_trust']. Got True",
                "{\"force_security\": false, \"pwned\": [], \"x\": 1} | extra keys not allowed @ data['x']. Got 1",
            })
    void aBodyThatDoesNotFitChangesNothing(String body, String message) {
        assertEquals("{\"result\":\"error\",\"message\":\"" + message + "\"}", options(body, 400));
        assertInfo(false, true);
    }

    @Test
    void theCheckOfIntegrityIsGoneForGood() {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Integrity check feature has been removed.\"}",
                text(410, administrator.call("/security/integrity").post(null)));
    }

    private void assertInfo(boolean force, boolean pwned) {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"force_security\":" + force + ",\"pwned\":" + pwned + "}}",
                administrator.get("/security/info", 200));
    }

    private String options(String body, int status) {
        return administrator.post("/security/options", body, status);
    }
}
