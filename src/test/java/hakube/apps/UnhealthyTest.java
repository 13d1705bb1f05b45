package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.core.Core;
import hakube.core.CoreOptions;
import hakube.resolution.Health;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An installation that is not healthy adds and updates nothing, unless a person insists. */
@AppHouse.Served
class UnhealthyTest {

    private static final String INSTALL = "/store/addons/local_frost/install";

    private final AppHouse house;
    private final Apps apps;
    private final Core core;
    private final Health health;

    @Inject
    UnhealthyTest(AppHouse house, Apps apps, Core core, Health health) {
        this.house = house;
        this.apps = apps;
        this.core = core;
        this.health = health;
    }

    @BeforeEach
    void somethingIsWrong() {
        health.complain("setup", "for a test");
        house.offer("frost", "");
        if (apps.isInstalled("local_frost")) {
            apps.uninstall("local_frost", true);
        }
    }

    @AfterEach
    void nobodyInsists() {
        house.post("/jobs/reset", "").data();
    }

    @Test
    void noAppIsInstalled() {
        String refusal = "400 -: 'AppManager.install' blocked from execution, system is not healthy - setup";
        assertEquals(refusal, house.post(INSTALL, "").failure());
        assertEquals(refusal, house.post(INSTALL, "{\"background\": true}").failure());
        assertEquals(0, house.data("/jobs/info").getJsonArray("jobs").size());
    }

    @Test
    void coreIsNotUpdated() {
        core.change(options -> new CoreOptions(
                "2026.11.0", "localhost/core", null, null, null, null, null, null, null, null, null, null));
        assertEquals(
                "400 -: 'HomeAssistantCore.update' blocked from execution, system is not healthy - setup",
                house.post("/core/update", "{\"version\": \"2026.12.0\"}").failure());
        assertEquals(
                "400 -: 'HomeAssistantCore.update' blocked from execution, system is not healthy - setup",
                house.post("/core/update", "{\"version\": \"2026.12.0\", \"background\": true}")
                        .failure());
    }

    @Test
    void whoInsistsIsToldThatNobodySupportsIt() {
        house.post("/jobs/options", "{\"ignore_conditions\": [\"healthy\"]}").data();
        assertEquals("[\"job_conditions\"]", unsupported());

        house.post(INSTALL, "").data();
        assertTrue(apps.isInstalled("local_frost"));

        house.post("/jobs/reset", "").data();
        assertEquals("[]", unsupported());
    }

    private String unsupported() {
        return house.data("/resolution/info").getJsonArray("unsupported").toString();
    }
}
