package hakube.supervisor;

import hakube.state.State;
import hakube.state.SupervisorState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/**
 * Liveness asks the process only; readiness asks the state, never Core nor the API server: a Supervisor that is not ready
 * loses its Service, and Core its Supervisor.
 */
@Singleton
class Probes {

    private final State state;

    @Inject
    Probes(State state) {
        this.state = state;
    }

    @Produces
    @ApplicationScoped
    @Liveness
    HealthCheck live() {
        return () -> HealthCheckResponse.up("process");
    }

    @Produces
    @ApplicationScoped
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.up("serving");
    }

    @Produces
    @ApplicationScoped
    @Readiness
    HealthCheck ready() {
        return () -> {
            SupervisorState now = state.current();
            return HealthCheckResponse.named("state")
                    .status(now.servesApi())
                    .withData("state", now.wire())
                    .build();
        };
    }
}
