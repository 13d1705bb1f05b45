package hakube.resolution;

import static hakube.resolution.ServedResolution.CHECK;
import static hakube.resolution.ServedResolution.MENDING;
import static hakube.resolution.ServedResolution.OK;
import static hakube.resolution.ServedResolution.shape;
import static hakube.testing.Administrator.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.testing.CallersHouse;
import io.helidon.microprofile.testing.AddBean;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the resolution centre is told to do through the real server. */
@CallersHouse.Served
@AddBean(ServedResolution.class)
@AddBean(ServedResolution.Samples.class)
class ResolutionOrdersTest {

    private static final String NOBODY = "00".repeat(16);

    private final ServedResolution house;
    private final Issues issues;

    @Inject
    ResolutionOrdersTest(ServedResolution house) {
        this.house = house;
        this.issues = house.issues;
    }

    @BeforeEach
    void open() {
        house.open();
    }

    @AfterEach
    void tidy() {
        house.tidy();
    }

    @Test
    void suggestionsOfAnIssueAreThoseThatMendIt() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start", "execute_stop"), "");
        String path = "/resolution/issue/" + issues.open().getFirst().uuid() + "/suggestions";
        JsonArray suggestions = house.administrator.data(path).getAsJsonArray("suggestions");
        assertEquals(
                List.of(),
                ContractShape.faults(shape("/resolution/issue/{issue}/suggestions"), house.administrator.data(path)));
        assertEquals(1, suggestions.size());
        JsonObject suggestion = suggestions.get(0).getAsJsonObject();
        assertEquals("execute_start", suggestion.get("type").getAsString());
        assertEquals(true, suggestion.get("auto").getAsBoolean());
    }

    @Test
    void anIssueWithoutSuggestionsHasAnEmptyList() {
        issues.report("free_space", "system", null, Map.of(), List.of(), "");
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"suggestions\":[]}}",
                text(
                        200,
                        house.administrator
                                .call("/resolution/issue/"
                                        + issues.open().getFirst().uuid() + "/suggestions")
                                .get()));
    }

    @Test
    void applyingMendsAndLooksAtTheWholeAgain() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        CHECK.affect("found_after_the_repair");

        assertEquals(OK, house.administrator.post("/resolution/suggestion/" + house.suggestion(), null, 200));

        assertEquals(
                List.of("found_after_the_repair"),
                issues.open().stream().map(Issue::reference).toList());
        assertEquals("local_a", MENDING.last);
    }

    @Test
    void aRepairThatDoesNotHelpIsToldAndTheIssueStays() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        MENDING.isBroken = true;
        assertEquals(
                "{\"result\":\"error\",\"message\":\"App local_a could not start successfully\"}",
                house.administrator.post("/resolution/suggestion/" + house.suggestion(), null, 400));
        assertEquals(1, issues.open().size());
    }

    @Test
    void aSuggestionIsDismissedAndTheIssueStays() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        String path = "/resolution/suggestion/" + house.suggestion();
        assertEquals(OK, text(200, house.administrator.call(path).delete()));
        assertEquals(1, house.issuesNow().size());
        assertEquals(0, house.info().getAsJsonArray("suggestions").size());
        text(404, house.administrator.call(path).delete());
    }

    @Test
    void anIssueIsDismissedWithItsSuggestions() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        assertEquals(
                OK,
                text(
                        200,
                        house.administrator
                                .call("/resolution/issue/"
                                        + issues.open().getFirst().uuid())
                                .delete()));
        assertEquals(0, house.issuesNow().size());
        assertEquals(0, house.info().getAsJsonArray("suggestions").size());
    }

    @Test
    void theHealthCheckRunsWhatIsOn() {
        CHECK.affect("full");
        assertEquals(OK, house.administrator.post("/resolution/check/backups/options", "{\"enabled\": false}", 200));
        assertEquals(false, enabled("backups"));
        assertEquals(OK, house.administrator.post("/resolution/healthcheck", null, 200));
        assertEquals(0, house.issuesNow().size());

        assertEquals(OK, house.administrator.post("/resolution/check/backups/run", null, 200));
        assertEquals(1, house.issuesNow().size());
        CHECK.matter.clear();
        assertEquals(OK, house.administrator.post("/resolution/check/backups/options", "{\"enabled\": true}", 200));
        assertEquals(OK, house.administrator.post("/resolution/healthcheck", null, 200));
        assertEquals(0, house.issuesNow().size());
    }

    @Test
    void checksAreFoundByBothOfTheirWords() {
        assertEquals(
                OK, house.administrator.post("/resolution/check/addon_pwned/options", "{\"enabled\": false}", 200));
        assertEquals(false, enabled("addon_pwned"));
        assertEquals(OK, house.administrator.post("/resolution/check/app_pwned/options", "{\"enabled\": true}", 200));
        assertEquals(true, enabled("addon_pwned"));
        assertEquals(OK, house.administrator.post("/resolution/check/app_pwned/options", "{}", 200));
        assertEquals(true, enabled("addon_pwned"));
        assertEquals(OK, house.administrator.post("/resolution/check/detached_addon_removed/run", null, 200));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /resolution/issue/{id}/suggestions, Issue {id} does not exist,      resolution_issue_not_found_error, uuid",
        "DELETE, /resolution/issue/{id},             Issue {id} does not exist,      resolution_issue_not_found_error, uuid",
        "DELETE, /resolution/suggestion/{id},        Suggestion {id} does not exist, resolution_suggestion_not_found_error, uuid",
        "POST,   /resolution/suggestion/{id},        Suggestion {id} does not exist, resolution_suggestion_not_found_error, uuid",
        "POST,   /resolution/check/{id}/run,         Check '{id}' does not exist,    resolution_check_not_found_error, check",
        "POST,   /resolution/check/{id}/options,     Check '{id}' does not exist,    resolution_check_not_found_error, check",
    })
    void whatIsUnknownHasItsKey(String method, String path, String message, String key, String field) {
        JsonObject answer = JsonParser.parseString(text(
                        404,
                        house.administrator.call(path.replace("{id}", NOBODY)).method(method)))
                .getAsJsonObject();
        assertEquals(message.replace("{id}", NOBODY), answer.get("message").getAsString());
        assertEquals(key, answer.get("error_key").getAsString());
        assertEquals(
                "{\"" + field + "\":\"" + NOBODY + "\"}",
                answer.get("extra_fields").toString());
    }

    @Test
    void aBodyThatDoesNotFitIsLookedAtFirst() {
        assertEquals(
                "{\"result\":\"error\",\"message\":\"expected bool for dictionary value @ data['enabled']. Got 'yes'\"}",
                house.administrator.post("/resolution/check/sunny/options", "{\"enabled\": \"yes\"}", 400));
        assertEquals(
                "{\"result\":\"error\",\"message\":\"extra keys not allowed @ data['on']. Got True\"}",
                house.administrator.post("/resolution/check/backups/options", "{\"on\": true}", 400));
    }

    private boolean enabled(String slug) {
        return house.info().getAsJsonArray("checks").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(check -> check.get("slug").getAsString().equals(slug))
                .findFirst()
                .orElseThrow()
                .get("enabled")
                .getAsBoolean();
    }
}
