package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.link.CoreAway;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.testing.Features;
import hakube.testing.Logged;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Core is asked to update what is due. */
class AutoUpdateTest {

    @TempDir
    private Path share;

    private final List<String> asked = new ArrayList<>();
    private State state;
    private AutoUpdate update;

    @BeforeEach
    void twoAppsAreDue() {
        Settings settings = TestSettings.of(share);
        state = new State(settings, new Folders(share), new Events());
        update = new AutoUpdate(_ -> List.of("local_one", "local_two"), state, (type, fields, limit) -> {
            asked.add(type + " " + new TreeMap<>(fields));
            if (fields.containsValue("local_one")) {
                throw new CoreAway("no backup could be made");
            }
        });
    }

    @Test
    void coreIsAskedInTurnsWithABackupAndAFailureStopsNoOther() {
        try (Logged log = Logged.by(AutoUpdate.class)) {
            update.look(Instant.EPOCH);
            assertEquals(
                    List.of(
                            "hassio/update/addon {addon=local_one, backup=true}",
                            "hassio/update/addon {addon=local_two, backup=true}"),
                    asked);
            assertEquals(
                    List.of(
                            "Home Assistant is asked to update local_one",
                            "The automatic update of local_one failed: no backup could be made",
                            "Home Assistant is asked to update local_two"),
                    log.lines());
        }
    }

    @Test
    void withTheFlagCoreIsAskedInItsNewWords() {
        Features.startWith(state, FeatureFlag.SUPERVISOR_WEBSOCKET_V2_API);
        update.look(Instant.EPOCH);
        assertEquals("hassio/update/app {app=local_two, backup=true}", asked.getLast());
    }

    @Test
    void theEndOfTheSupervisorEndsIt() {
        Thread.currentThread().interrupt();
        update.look(Instant.EPOCH);
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), asked);
    }
}
