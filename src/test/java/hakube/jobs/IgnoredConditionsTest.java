package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.Administrator;
import hakube.testing.CallersHouse;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conditions of jobs that clients have ignored, through the real server. */
@CallersHouse.Served
class IgnoredConditionsTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";

    private final Administrator administrator;

    @Inject
    IgnoredConditionsTest(WebTarget target, State state) {
        this.administrator = new Administrator(target);
        state.enter(SupervisorState.RUNNING);
    }

    @AfterEach
    void noneIsIgnored() {
        administrator.post("/jobs/reset", null, 200);
    }

    @Test
    void conditionsAreIgnoredUntilTheReset() {
        assertEquals(
                OK, administrator.post("/jobs/options", "{\"ignore_conditions\": [\"free_space\", \"haos\"]}", 200));
        assertEquals(
                "[\"free_space\",\"haos\"]",
                administrator.data("/jobs/info").get("ignore_conditions").toString());
        assertEquals(OK, administrator.post("/jobs/options", "{}", 200));
        assertEquals(
                "[\"free_space\",\"haos\"]",
                administrator.data("/jobs/info").get("ignore_conditions").toString());
        assertEquals(OK, administrator.post("/jobs/reset", null, 200));
        assertEquals(
                "[]", administrator.data("/jobs/info").get("ignore_conditions").toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                               | expected a dictionary. Got []",
                "{\"ignore_conditions\": \"x\"}   | expected a list for dictionary value @ data['ignore_conditions']. Got 'x'",
                "{\"ignored\": []}                | extra keys not allowed @ data['ignored']. Got []",
            })
    void aBodyThatDoesNotFitChangesNothing(String body, String message) {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"" + message + "\"}",
                administrator.post("/jobs/options", body.strip(), 400));
        assertEquals(
                "[]", administrator.data("/jobs/info").get("ignore_conditions").toString());
    }

    @Test
    void anUnknownConditionIsToldWithThoseThatThereAre() {
        String answer =
                administrator.post("/jobs/options", "{\"ignore_conditions\": [\"healthy\", \"sunny\", 1]}", 400);
        assertTrue(
                answer.contains(
                        "expected JobCondition or one of 'auto_update', 'free_space', 'frozen', 'haos', 'healthy', "
                                + "'home_assistant_core_supported', 'host_network', 'internet_host', 'internet_system', "
                                + "'mount_available', 'os_agent', 'os_supported', 'plugins_updated', 'running', "
                                + "'supervisor_updated', 'architecture_supported' @ data['ignore_conditions'][1]. Got 'sunny'"),
                answer);
        assertTrue(answer.contains("data['ignore_conditions'][2]. Got 1"), answer);
    }
}
