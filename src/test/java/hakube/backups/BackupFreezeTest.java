package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.link.CoreAway;
import hakube.state.SupervisorState;
import hakube.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackupFreezeTest extends BackupCase {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final List<String> commands = new CopyOnWriteArrayList<>();
    private String cold;

    @BeforeEach
    void twoAppsRun() {
        cold = house.apps.run("cold", "backup: cold\n");
        house.apps.run("hot", "backup_pre: lock\nbackup_post: unlock\n");
        house.cluster.executor(command -> {
            commands.addAll(command);
            return new Cluster.Execution(0, "", "");
        });
    }

    private String state(String slug) {
        return house.apps.apps().state(slug).wire();
    }

    @Test
    void allStandStillUntilTheThaw() {
        house.freeze.freeze(LONG);
        assertEquals(SupervisorState.FREEZE, house.state.current());
        assertEquals(List.of("backup/start"), house.coreCommands);
        assertEquals(List.of("lock"), commands);
        assertEquals("stopped", state(cold));
        assertEquals(
                List.of("[null, home_assistant, false, 0.0]", "[null, apps, false, 0.0]", "[null, apps, true, 100.0]"),
                house.told("backup_manager_freeze_all").stream().skip(1).toList());

        house.freeze.thaw();
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertEquals(List.of("backup/start", "backup/end"), house.coreCommands);
        assertEquals(List.of("lock", "unlock"), commands);
        assertEquals("started", state(cold));
        assertEquals(
                List.of(
                        "[null, home_assistant, false, 0.0]",
                        "[null, apps, false, 0.0]",
                        "[null, await_app_restarts, false, 0.0]",
                        "[null, await_app_restarts, true, 100.0]"),
                house.told("backup_manager_thaw_all").stream().skip(1).toList());
    }

    @Test
    void nobodyHasToAskForTheThaw() {
        house.freeze.freeze(Duration.ofMillis(50));
        Eventually.holds(
                "the end of the freeze",
                () -> house.state.current() == SupervisorState.RUNNING
                        && state(cold).equals("started"));
        Eventually.holds(
                "the end of the thaw",
                () -> Boolean.TRUE.equals(house.last("backup_manager_thaw_all").get("done")));
        assertEquals(List.of("lock", "unlock"), commands);
        assertEquals(List.of("backup/start", "backup/end"), house.coreCommands);
    }

    @Test
    void thawAfterABackupsOwnFreezeIsRefused() {
        house.state.enter(SupervisorState.FREEZE);
        assertEquals(
                "Freeze was not initiated by freeze API, cannot thaw this way",
                assertThrows(ApiFailure.BadRequest.class, house.freeze::thaw).getMessage());
        assertEquals(SupervisorState.FREEZE, house.state.current());
    }

    @Test
    void theSecondThawFindsNothing() {
        house.freeze.freeze(LONG);
        house.freeze.thaw();
        commands.clear();
        assertThrows(ApiFailure.BadRequest.class, house.freeze::thaw);
        assertEquals(List.of(), commands);
    }

    @Test
    void aFreezeWithoutCoreIsTakenBack() {
        house.coreFault = Optional.of(new CoreAway("there is no connection to Core"));
        assertThrows(ApiFailure.BadRequest.class, () -> house.freeze.freeze(LONG));
        assertEquals(SupervisorState.RUNNING, house.state.current());
        assertEquals("started", state(cold));
        assertEquals(List.of(), commands);
    }

    @Test
    void aFreezeThatAnAppFailsIsTakenBackForAll() {
        house.cluster.executor(command -> new Cluster.Execution(1, "", ""));
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> house.freeze.freeze(LONG));
        assertEquals(Optional.of("app_pre_post_backup_command_returned_error"), failure.errorKey());
        assertEquals(SupervisorState.RUNNING, house.state.current());
        Eventually.holds("the cold app", () -> state(cold).equals("started"));
        assertEquals(List.of("backup/start", "backup/end"), house.coreCommands);
        assertTrue(house.errors("backup_manager_freeze_all").size() > 0);
    }
}
