package hakube.resolution;

import static hakube.resolution.ServedResolution.shape;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.api.ContractShape;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.testing.CallersHouse;
import io.helidon.microprofile.testing.AddBean;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the resolution centre tells through the real server. */
@CallersHouse.Served
@AddBean(ServedResolution.class)
@AddBean(ServedResolution.Samples.class)
class ResolutionResourceTest {

    private final ServedResolution house;
    private final Issues issues;
    private final Health health;
    private final Events events;

    @Inject
    ResolutionResourceTest(ServedResolution house, Health health, Events events) {
        this.house = house;
        this.issues = house.issues;
        this.health = health;
        this.events = events;
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
    void infoHasTheShapeOfTheContractWithAndWithoutIssues() {
        assertEquals(List.of(), ContractShape.faults(shape("/resolution/info"), house.info()));
        assertEquals(0, house.issuesNow().size());

        issues.report("boot_fail", "addon", "local_a", Map.of(), List.of("execute_start", "execute_stop"), "");
        issues.report("app_port_conflict", "addon", "local_a", Map.of("port", 80), List.of(), "");
        issues.report("free_space", "system", null, Map.of(), List.of(), "");

        assertEquals(List.of(), ContractShape.faults(shape("/resolution/info"), house.info()));
        assertEquals(3, house.issuesNow().size());
        assertEquals(2, house.info().getAsJsonArray("suggestions").size());
        assertEquals(
                "{\"port\":80}",
                house.issuesNow()
                        .get(1)
                        .getAsJsonObject()
                        .get("reference_extra")
                        .toString());
        assertTrue(house.issuesNow().get(2).getAsJsonObject().get("reference").isJsonNull());
    }

    @Test
    void whatRoomsReportIsSeen() {
        events.fire(new SupervisorEvent.IssueFound(
                "corrupt_file", "system", Optional.of("/data/apps.json.damaged-1"), List.of(), "damaged"));
        assertEquals(
                "corrupt_file",
                house.issuesNow().get(0).getAsJsonObject().get("type").getAsString());
        assertEquals(
                "/data/apps.json.damaged-1",
                house.issuesNow().get(0).getAsJsonObject().get("reference").getAsString());
    }

    @Test
    void reasonsAreListedAndTheOverviewSaysSo() {
        health.complain("oserror_bad_message", "for a test");
        events.fire(new SupervisorEvent.JobConditionsIgnored(List.of("healthy")));
        try {
            assertEquals(
                    "[\"oserror_bad_message\"]", house.info().get("unhealthy").toString());
            assertEquals("[\"job_conditions\"]", house.info().get("unsupported").toString());
            JsonObject supervisor = house.administrator.data("/supervisor/info");
            assertEquals(false, supervisor.get("healthy").getAsBoolean());
            assertEquals(false, supervisor.get("supported").getAsBoolean());
            assertEquals(
                    false, house.administrator.data("/info").get("supported").getAsBoolean());
        } finally {
            events.fire(new SupervisorEvent.JobConditionsIgnored(List.of()));
        }
        assertEquals(
                true,
                house.administrator.data("/supervisor/info").get("supported").getAsBoolean());
        assertEquals(
                false,
                house.administrator.data("/supervisor/info").get("healthy").getAsBoolean(),
                "only a restart heals");
    }

    @Test
    void versionOneSaysAddon() {
        issues.report("detached_app_removed", "addon", "local_a", Map.of(), List.of(), "");
        assertEquals(
                "detached_addon_removed",
                house.issuesNow().get(0).getAsJsonObject().get("type").getAsString());
        List<String> checks = house.info().getAsJsonArray("checks").asList().stream()
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
}
