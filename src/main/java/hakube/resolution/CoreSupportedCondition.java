package hakube.resolution;

import hakube.jobs.Condition;
import hakube.jobs.JobCondition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Condition {@code home_assistant_core_supported}. */
@Singleton
final class CoreSupportedCondition implements Condition {

    private final Health health;

    @Inject
    CoreSupportedCondition(Health health) {
        this.health = health;
    }

    @Override
    public JobCondition which() {
        return JobCondition.HOME_ASSISTANT_CORE_SUPPORTED;
    }

    @Override
    public Optional<String> obstacle() {
        return health.unsupported().contains("home_assistant_core_version")
                ? Optional.of("unsupported Home Assistant Core version")
                : Optional.empty();
    }
}
