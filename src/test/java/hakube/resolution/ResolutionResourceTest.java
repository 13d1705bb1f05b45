package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import hakube.access.Callers;
import hakube.access.Tokens;
import hakube.api.ApiFailure;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.FakeCluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import hakube.state.SupervisorState;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of the resolution centre through the real server. */
@HelidonTest
@AddBean(ResolutionResourceTest.House.class)
@AddBean(ResolutionResourceTest.Samples.class)
@AddConfig(key = "management.port", value = "0")
class ResolutionResourceTest {

    private static final String ADMINISTRATOR = "ad".repeat(56);
    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final String NOBODY = "00".repeat(16);
    private static final SampleCheck CHECK = new SampleCheck("backups");
    private static final Mending MENDING = new Mending();

    private final WebTarget target;
    private final State state;
    private final Issues issues;
    private final Health health;
    private final Events events;

    @Inject
    ResolutionResourceTest(WebTarget target, State state, Issues issues, Health health, Events events) {
        this.target = target;
        this.state = state;
        this.issues = issues;
        this.health = health;
        this.events = events;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    @AfterEach
    void tidy() {
        CHECK.matter.clear();
        MENDING.isBroken = false;
        issues.open().forEach(issues::close);
        post("/resolution/check/backups/options", "{\"enabled\": true}", 200);
    }

    @Test
    void infoHasTheShapeOfTheContractWithAndWithoutIssues() {
        assertEquals(List.of(), ContractShape.faults(shape("/resolution/info"), info()));
        assertEquals(0, issuesNow().size());

        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start", "execute_stop"), "");
        issues.report("app_port_conflict", "addon", "local_a", Map.of("port", 80), List.of(), "");
        issues.report("free_space", "system", null, Map.of(), List.of(), "");

        assertEquals(List.of(), ContractShape.faults(shape("/resolution/info"), info()));
        assertEquals(3, issuesNow().size());
        assertEquals(2, info().getAsJsonArray("suggestions").size());
        assertEquals(
                "{\"port\":80}",
                issuesNow().get(1).getAsJsonObject().get("reference_extra").toString());
        assertTrue(issuesNow().get(2).getAsJsonObject().get("reference").isJsonNull());
    }

    @Test
    void whatRoomsReportIsSeen() {
        events.fire(new SupervisorEvent.IssueFound(
                "corrupt_file", "system", Optional.of("/data/apps.json.damaged-1"), List.of(), "damaged"));
        assertEquals(
                "corrupt_file", issuesNow().get(0).getAsJsonObject().get("type").getAsString());
        assertEquals(
                "/data/apps.json.damaged-1",
                issuesNow().get(0).getAsJsonObject().get("reference").getAsString());
    }

    @Test
    void reasonsAreListedAndTheOverviewSaysSo() {
        health.complain("oserror_bad_message", "for a test");
        events.fire(new SupervisorEvent.JobConditionsIgnored(List.of("healthy")));
        try {
            assertEquals("[\"oserror_bad_message\"]", info().get("unhealthy").toString());
            assertEquals("[\"job_conditions\"]", info().get("unsupported").toString());
            JsonObject supervisor = data("/supervisor/info");
            assertEquals(false, supervisor.get("healthy").getAsBoolean());
            assertEquals(false, supervisor.get("supported").getAsBoolean());
            assertEquals(false, data("/info").get("supported").getAsBoolean());
        } finally {
            events.fire(new SupervisorEvent.JobConditionsIgnored(List.of()));
        }
        assertEquals(true, data("/supervisor/info").get("supported").getAsBoolean());
        assertEquals(false, data("/supervisor/info").get("healthy").getAsBoolean(), "only a restart heals");
    }

    @Test
    void versionOneSaysAddon() {
        issues.report("detached_app_removed", "addon", "local_a", Map.of(), List.of(), "");
        assertEquals(
                "detached_addon_removed",
                issuesNow().get(0).getAsJsonObject().get("type").getAsString());
        List<String> checks = info().getAsJsonArray("checks").asList().stream()
                .map(check -> check.getAsJsonObject().get("slug").getAsString())
                .toList();
        assertEquals(
                List.of(
                        "app_port_conflict",
                        "addon_pwned",
                        "backups",
                        "deprecated_addon",
                        "deprecated_arch_addon",
                        "detached_addon_missing",
                        "detached_addon_removed",
                        "free_space"),
                checks);
    }

    @Test
    void suggestionsOfAnIssueAreThoseThatMendIt() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start", "execute_stop"), "");
        String path = "/resolution/issue/" + issues.open().getFirst().uuid() + "/suggestions";
        JsonArray suggestions = data(path).getAsJsonArray("suggestions");
        assertEquals(List.of(), ContractShape.faults(shape("/resolution/issue/{issue}/suggestions"), data(path)));
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
                        call("/resolution/issue/" + issues.open().getFirst().uuid() + "/suggestions")
                                .get()));
    }

    @Test
    void applyingMendsAndLooksAtTheWholeAgain() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        CHECK.affect("found_after_the_repair");

        assertEquals(OK, post("/resolution/suggestion/" + suggestion(), null, 200));

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
                post("/resolution/suggestion/" + suggestion(), null, 400));
        assertEquals(1, issues.open().size());
    }

    @Test
    void aSuggestionIsDismissedAndTheIssueStays() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        String path = "/resolution/suggestion/" + suggestion();
        assertEquals(OK, text(200, call(path).delete()));
        assertEquals(1, issuesNow().size());
        assertEquals(0, info().getAsJsonArray("suggestions").size());
        text(404, call(path).delete());
    }

    @Test
    void anIssueIsDismissedWithItsSuggestions() {
        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start"), "");
        assertEquals(
                OK,
                text(
                        200,
                        call("/resolution/issue/" + issues.open().getFirst().uuid())
                                .delete()));
        assertEquals(0, issuesNow().size());
        assertEquals(0, info().getAsJsonArray("suggestions").size());
    }

    @Test
    void theHealthCheckRunsWhatIsOn() {
        CHECK.affect("full");
        assertEquals(OK, post("/resolution/check/backups/options", "{\"enabled\": false}", 200));
        assertEquals(false, enabled("backups"));
        assertEquals(OK, post("/resolution/healthcheck", null, 200));
        assertEquals(0, issuesNow().size());

        assertEquals(OK, post("/resolution/check/backups/run", null, 200));
        assertEquals(1, issuesNow().size());
        CHECK.matter.clear();
        assertEquals(OK, post("/resolution/check/backups/options", "{\"enabled\": true}", 200));
        assertEquals(OK, post("/resolution/healthcheck", null, 200));
        assertEquals(0, issuesNow().size());
    }

    @Test
    void checksAreFoundByBothOfTheirWords() {
        assertEquals(OK, post("/resolution/check/addon_pwned/options", "{\"enabled\": false}", 200));
        assertEquals(false, enabled("addon_pwned"));
        assertEquals(OK, post("/resolution/check/app_pwned/options", "{\"enabled\": true}", 200));
        assertEquals(true, enabled("addon_pwned"));
        assertEquals(OK, post("/resolution/check/app_pwned/options", "{}", 200));
        assertEquals(true, enabled("addon_pwned"));
        assertEquals(OK, post("/resolution/check/detached_addon_removed/run", null, 200));
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
        JsonObject answer = JsonParser.parseString(
                        text(404, call(path.replace("{id}", NOBODY)).method(method)))
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
                post("/resolution/check/sunny/options", "{\"enabled\": \"yes\"}", 400));
        assertEquals(
                "{\"result\":\"error\",\"message\":\"extra keys not allowed @ data['on']. Got True\"}",
                post("/resolution/check/backups/options", "{\"on\": true}", 400));
    }

    private String suggestion() {
        return issues.suggestions().getFirst().uuid();
    }

    private boolean enabled(String slug) {
        return info().getAsJsonArray("checks").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(check -> check.get("slug").getAsString().equals(slug))
                .findFirst()
                .orElseThrow()
                .get("enabled")
                .getAsBoolean();
    }

    private JsonObject info() {
        return data("/resolution/info");
    }

    private JsonArray issuesNow() {
        return info().getAsJsonArray("issues");
    }

    private static String shape(String path) {
        return Endpoint.all().stream()
                .filter(row -> row.method().equals("GET") && row.v1().equals(Optional.of(path)))
                .findFirst()
                .orElseThrow()
                .response();
    }

    private JsonObject data(String path) {
        return JsonParser.parseString(text(200, call(path).get()))
                .getAsJsonObject()
                .getAsJsonObject("data");
    }

    private Invocation.Builder call(String path) {
        return target.path(path).request().header("X-Supervisor-Token", ADMINISTRATOR);
    }

    private String post(String path, String body, int status) {
        return text(status, call(path).post(body == null ? null : Entity.entity(body, "application/octet-stream")));
    }

    private static String text(int status, Response answer) {
        try (answer) {
            String text = answer.readEntity(String.class);
            assertEquals(status, answer.getStatus(), text);
            return text;
        }
    }

    /** Mends {@code boot_fail}, or does not. */
    private static final class Mending implements Fixup {

        private volatile boolean isBroken;
        private volatile String last;

        @Override
        public String suggestion() {
            return "execute_start";
        }

        @Override
        public String context() {
            return "addon";
        }

        @Override
        public Set<String> issues() {
            return Set.of("boot_fail");
        }

        @Override
        public boolean isAutomatic() {
            return true;
        }

        @Override
        public void apply(Suggestion suggestion) {
            last = suggestion.reference();
            if (isBroken) {
                throw new ApiFailure.BadRequest("App " + last + " could not start successfully");
            }
        }
    }

    /** A house on a cluster in memory. */
    @Singleton
    @Alternative
    @Priority(1)
    static class House {

        @Produces
        @Singleton
        Settings settings() throws IOException {
            return TestSettings.of(Files.createTempDirectory("share"));
        }

        @Produces
        @Singleton
        Cluster cluster() {
            FakeCluster cluster = new FakeCluster();
            cluster.put(
                    Kind.SECRET,
                    new V1Secret()
                            .metadata(new V1ObjectMeta()
                                    .name(Tokens.ADMINISTRATOR_SECRET)
                                    .labels(Map.of("io.hass.managed", "true")))
                            .data(Map.of(Tokens.KEY, ADMINISTRATOR.getBytes(StandardCharsets.UTF_8))));
            return cluster;
        }

        @Produces
        @Singleton
        Callers callers() {
            return token -> Optional.empty();
        }
    }

    /** Beside those of the rooms. */
    @Singleton
    static class Samples {

        @Produces
        @Singleton
        Check check() {
            return CHECK;
        }

        @Produces
        @Singleton
        Fixup fixup() {
            return MENDING;
        }
    }
}
