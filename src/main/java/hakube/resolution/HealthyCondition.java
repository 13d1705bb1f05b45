package hakube.resolution;

import hakube.jobs.Condition;
import hakube.jobs.JobCondition;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Condition {@code healthy}. */
@Singleton
final class HealthyCondition implements Condition {

    private final Health health;

    @Inject
    HealthyCondition(Health health) {
        this.health = health;
    }

    @Override
    public JobCondition which() {
        return JobCondition.HEALTHY;
    }

    @Override
    public Optional<String> obstacle() {
        return Optional.of(String.join(", ", health.unhealthy()))
                .filter(reasons -> !reasons.isEmpty())
                .map("system is not healthy - "::concat);
    }
}
