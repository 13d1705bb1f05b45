package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.Logged;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which apps are updated without a person. */
@AppHouse.Served
class AutoUpdatesTest {

    private static final List<String> NONE = List.of();
    private static final List<String> FROST = List.of("local_frost");

    private final AppHouse house;
    private final Apps apps;
    private final AutoUpdates updates;
    private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).plusSeconds(60);

    @Inject
    AutoUpdatesTest(AppHouse house, Apps apps, AutoUpdates updates) {
        this.house = house;
        this.apps = apps;
        this.updates = updates;
    }

    @BeforeEach
    void anAppThatUpdatesItself() {
        house.install("frost", "options: {name: kitchen}\nschema: {name: str}\n");
        house.post("/addons/local_frost/options", "{\"auto_update\": true}").data();
    }

    @AfterEach
    void nobodyIsInstalled() {
        apps.slugs().forEach(slug -> apps.uninstall(slug, true));
    }

    @Test
    void aNewVersionIsDueOnceItIsADayOld() {
        assertEquals(NONE, updates.due(tomorrow));
        house.offer("frost", "2.0.0", "");
        assertEquals(NONE, updates.due(Instant.now()));
        assertEquals(FROST, updates.due(tomorrow));
        house.post("/addons/local_frost/options", "{\"auto_update\": false}").data();
        assertEquals(NONE, updates.due(tomorrow));
    }

    @Test
    void aBreakingVersionBetweenIsForAPersonToTake() {
        house.offer("frost", "2.0.0", "breaking_versions: ['1.0.0', '0.9', '2024.1-odd']\n");
        assertEquals(FROST, updates.due(tomorrow));
        house.offer("frost", "2.0.0", "breaking_versions: ['1.5.0']\n");
        assertEquals(NONE, updates.due(tomorrow));
        house.offer("frost", "2.0.0", "breaking_versions: ['3.0.0']\n");
        assertEquals(NONE, updates.due(tomorrow), "as upstream: whatever lies above the installed one");
    }

    @Test
    void whatStandsAgainstItIsToldOnceADay() {
        house.offer("frost", "2.0.0", "schema: {name: int}\n");
        try (Logged log = Logged.by(AutoUpdates.class)) {
            assertEquals(NONE, updates.due(tomorrow));
            assertEquals(NONE, updates.due(tomorrow.plus(Duration.ofHours(16))));
            assertEquals(
                    List.of("App local_frost is not updated to 2.0.0 by itself: its options do not fit: Missing option"
                            + " 'name' in root in frost (local_frost). Got {}"),
                    log.lines());
            house.offer("frost", "2.0.0", "host_network: true\n");
            assertEquals(NONE, updates.due(tomorrow.plus(Duration.ofHours(32))));
            assertEquals(
                    "App local_frost is not updated to 2.0.0 by itself: it does not fit this installation",
                    log.lines().getLast());
            assertEquals(2, log.lines().size());
        }
    }

    @Test
    void whatNobodyOffersAnyMoreStaysAsItIs() throws Exception {
        house.offer("frost", "2.0.0", "");
        house.withdraw("frost");
        assertEquals(NONE, updates.due(tomorrow));
    }
}
