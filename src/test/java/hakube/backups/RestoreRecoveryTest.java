package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the next start makes of a restore that was cut off between two writes to the cluster. */
class RestoreRecoveryTest extends RestoreCase {

    @Inject
    RestoreRecoveryTest(RestoreHouse house) {
        super(house);
    }

    /** What nobody catches, as if the process had ended there. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    @BeforeEach
    void anAppRuns() throws IOException {
        house.run("kept", "");
        house.write("addons/data/local_kept/state", "old");
        house.write("share/state", "old");
    }

    @Test
    void anAppThatWasBeingRestoredIsWhatItWasAndRunsAgain() throws IOException {
        killedAt("apply deployments/local-kept");
        assertEquals(
                "9.9", house.apps.version("local_kept").orElseThrow(), "killed where the new one was there already");
        assertEquals(Map.of("state", "restored"), house.tree("addons/data/local_kept"));

        house.recovery.load();

        assertTrue(house.recovery.isPending());
        assertEquals("old", house.tree("addons/data/local_kept").get("state"));
        assertEquals("1.0.0", house.apps.version("local_kept").orElseThrow());
        assertEquals(Map.of("state", "restored"), house.tree("share"), "that folder was through");
        assertRunsAgain();
    }

    @Test
    void whatWasStoppedForTheRestoreRunsAgain() throws IOException {
        killedAt("scale statefulsets/homeassistant 0");
        assertFalse(house.isRunning("local_kept"));

        house.recovery.load();

        assertEquals(Map.of("state", "old"), house.tree("share"), "nothing was touched yet");
        assertRunsAgain();
    }

    @Test
    void whatCouldNotBeStartedWhileTheClusterWasAwayIsStartedByTheNextStart() throws IOException {
        Backup backup = house.backup(made("1.0.1"));
        house.cluster.failOn("scale deployments/local-kept 1", ApiFailure.Unavailable.cluster("away", null));
        assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));
        house.cluster.recover();
        house.cluster.autoRun();
        assertFalse(house.isRunning("local_kept"));

        house.recovery.load();

        assertTrue(house.recovery.isPending());
        assertRunsAgain();
        assertEquals("1.0.1", house.apps.version("local_kept").orElseThrow());
    }

    @Test
    void aStartWithoutARestoreHasNothingToDo() {
        house.recovery.load();
        assertFalse(house.recovery.isPending());
        house.recovery.resume();
        assertTrue(house.isRunning("local_kept"));
    }

    @Test
    void anotherRestoreMayFollowWithoutARestart() throws IOException {
        killedAt("apply deployments/local-kept");
        Backup backup = house.backup(made("7.7"));
        house.restorer.restore(backup, RestoreHouse.partial(false, List.of("local_kept"), Set.of(), ""));
        assertEquals("7.7", house.apps.version("local_kept").orElseThrow());
        assertEquals("restored", house.tree("addons/data/local_kept").get("state"));
        assertFalse(Files.exists(house.folders.of(".restore")));
    }

    private void killedAt(String write) throws IOException {
        Backup backup = house.backup(made("9.9"));
        house.cluster.before(write, () -> {
            throw new Killed();
        });
        assertThrows(IllegalStateException.class, () -> house.restorer.restore(backup, RestoreHouse.full()));
        house.cluster.recover();
        house.cluster.autoRun();
    }

    private static MadeBackup made(String version) {
        return new MadeBackup()
                .folder("share", Map.of("state", "restored"))
                .core(RestoreHouse.CORE_VERSION, false, Map.of("configuration.yaml", "new:"))
                .app("local_kept", version, "started", "", Map.of("state", "restored"));
    }

    private void assertRunsAgain() {
        house.recovery.resume();
        assertTrue(house.isRunning("local_kept"));
        assertTrue(house.core.isRunning());
        assertFalse(Files.exists(house.folders.of(".restore")));
        assertFalse(Files.exists(house.folders.of("restore.json")));
        assertFalse(house.recovery.isPending());
    }
}
