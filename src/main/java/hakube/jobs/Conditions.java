package hakube.jobs;

import hakube.api.ApiFailure;
import hakube.state.State;
import hakube.state.SupervisorState;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the conditions of a job are met (upstream {@code supervisor/jobs/decorator.py}, {@code check_conditions}, 2026-08). */
@Singleton
final class Conditions {

    private static final Logger LOG = Logger.getLogger(Conditions.class.getName());

    private final State state;
    private final Supplier<Stream<Condition>> told;

    @Inject
    Conditions(State state, Instance<Condition> told) {
        this(state, told::stream);
    }

    Conditions(State state, Supplier<Stream<Condition>> told) {
        this.state = state;
        this.told = told;
    }

    /**
     * Ends a job that may not begin.
     *
     * @param ignored conditions that count as met
     * @throws ApiFailure.BadRequest {@code '<method>' blocked from execution, …} for the first one that is not met
     */
    void require(Work work, Set<JobCondition> ignored) {
        if (work.conditions().isEmpty()) {
            return;
        }
        EnumSet<JobCondition> skipped = EnumSet.copyOf(work.conditions());
        skipped.retainAll(ignored);
        if (!skipped.isEmpty()) {
            LOG.severe(() -> "Job " + work.name() + " ignores what it asks for, as a person wished: "
                    + skipped.stream().map(JobCondition::wire).collect(Collectors.joining(", ")));
        }
        work.conditions().stream()
                .filter(condition -> !ignored.contains(condition))
                .flatMap(condition -> obstacle(condition).stream())
                .findFirst()
                .ifPresent(obstacle -> {
                    throw new ApiFailure.BadRequest("'" + work.method() + "' blocked from execution, " + obstacle);
                });
    }

    private Optional<String> obstacle(JobCondition condition) {
        return switch (condition) {
            case RUNNING -> unlessIn(SupervisorState.RUNNING, "running");
            case FROZEN -> unlessIn(SupervisorState.FREEZE, "frozen");
            case AUTO_UPDATE ->
                state.options().autoUpdate() ? Optional.empty() : Optional.of("supervisor auto updates disabled");
            case HAOS -> Optional.of("no Home Assistant OS available");
            case OS_AGENT -> Optional.of("no Home Assistant OS-Agent available");
            case MOUNT_AVAILABLE -> Optional.of("mounting not supported on system");
            case HEALTHY,
                    FREE_SPACE,
                    HOME_ASSISTANT_CORE_SUPPORTED,
                    // An air-gapped cluster is a legal one: as long as nobody says so, there is a way out.
                    INTERNET_HOST,
                    INTERNET_SYSTEM ->
                told.get()
                        .filter(known -> known.which() == condition)
                        .findFirst()
                        .flatMap(Condition::obstacle);
            // There is no host to ask, no plug-in to update, and the image fits its node or does not start.
            case HOST_NETWORK, OS_SUPPORTED, PLUGINS_UPDATED, SUPERVISOR_UPDATED, ARCHITECTURE_SUPPORTED ->
                Optional.empty();
        };
    }

    private Optional<String> unlessIn(SupervisorState wanted, String word) {
        SupervisorState now = state.current();
        return now == wanted ? Optional.empty() : Optional.of("system is not " + word + " - " + now.wire());
    }
}
