package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConditionsTest {

    @TempDir
    private Path share;

    private State state;
    private Optional<String> illness = Optional.empty();

    @BeforeEach
    void start() {
        state = new State(TestSettings.of(share), new Folders(share), new Events());
        state.enter(SupervisorState.STARTUP);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, system is not running - startup",
        "FROZEN, system is not frozen - startup",
        "AUTO_UPDATE, supervisor auto updates disabled",
        "HAOS, no Home Assistant OS available",
        "OS_AGENT, no Home Assistant OS-Agent available",
        "MOUNT_AVAILABLE, mounting not supported on system"
    })
    void whatIsNotMetSaysSo(JobCondition condition, String text) {
        assertEquals("'Apps.install' blocked from execution, " + text, refusal(condition));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "HEALTHY",
                "FREE_SPACE",
                "HOME_ASSISTANT_CORE_SUPPORTED",
                "HOST_NETWORK",
                "INTERNET_HOST",
                "INTERNET_SYSTEM",
                "OS_SUPPORTED",
                "PLUGINS_UPDATED",
                "SUPERVISOR_UPDATED",
                "ARCHITECTURE_SUPPORTED"
            })
    void whatNobodyDeniesIsMet(JobCondition condition) {
        assertDoesNotThrow(() -> require(condition, Set.of()));
    }

    @Test
    void theStateThatIsAskedForIsMet() {
        state.enter(SupervisorState.RUNNING);
        assertDoesNotThrow(() -> require(JobCondition.RUNNING, Set.of()));
        state.enter(SupervisorState.FREEZE);
        assertDoesNotThrow(() -> require(JobCondition.FROZEN, Set.of()));
    }

    @Test
    void aRoomThatKnowsIsAskedEachTime() {
        illness = Optional.of("system is not healthy - setup");
        assertEquals(
                "'Apps.install' blocked from execution, system is not healthy - setup", refusal(JobCondition.HEALTHY));
        illness = Optional.empty();
        assertDoesNotThrow(() -> require(JobCondition.HEALTHY, Set.of()));
    }

    @Test
    void theFirstThatIsNotMetIsTheReason() {
        Work work = Work.of("x")
                .requiring("Apps.install", JobCondition.OS_SUPPORTED, JobCondition.HAOS, JobCondition.OS_AGENT);
        ApiFailure refused =
                assertThrows(ApiFailure.BadRequest.class, () -> conditions().require(work, Set.of()));
        assertEquals("'Apps.install' blocked from execution, no Home Assistant OS available", refused.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void eachCanBeIgnored(JobCondition condition) {
        illness = Optional.of("system is not healthy - setup");
        assertDoesNotThrow(() -> require(condition, EnumSet.of(condition)));
    }

    @Test
    void aJobThatMayNotBeginIsNoJobUntilItsConditionIsIgnored() {
        Events events = new Events();
        Jobs jobs = new Jobs(new Folders(share), events, conditions());
        Work work = Work.of("app_manager_install", "local_a")
                .in("app_local_a")
                .requiring("Apps.install", JobCondition.HAOS);
        long before = jobs.revision();

        assertThrows(ApiFailure.BadRequest.class, () -> jobs.run(work, () -> "done"));
        assertThrows(ApiFailure.BadRequest.class, () -> jobs.background(work, () -> 1, checked -> {}));
        assertEquals(before, jobs.revision());
        assertFalse(jobs.isRunning("app_local_a"));

        jobs.ignore(List.of(JobCondition.HAOS));
        assertEquals("done", jobs.run(work, () -> "done"));
    }

    private String refusal(JobCondition condition) {
        return assertThrows(ApiFailure.BadRequest.class, () -> require(condition, Set.of()))
                .getMessage();
    }

    private void require(JobCondition condition, Set<JobCondition> ignored) {
        conditions().require(Work.of("x").requiring("Apps.install", condition), ignored);
    }

    private Conditions conditions() {
        return new Conditions(
                state,
                () -> Stream.of(new Condition() {
                    @Override
                    public JobCondition which() {
                        return JobCondition.HEALTHY;
                    }

                    @Override
                    public Optional<String> obstacle() {
                        return illness;
                    }
                }));
    }
}
