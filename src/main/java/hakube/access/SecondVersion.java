package hakube.access;

import hakube.api.ApiVersion;
import hakube.state.FeatureFlag;
import hakube.state.State;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Behind the gate and before all routes: none below {@code /v2} is there unless {@link FeatureFlag#SUPERVISOR_V2_API} was on at the
 * start (upstream {@code supervisor/api/__init__.py}, 2026-08, which mounts them then only).
 */
@Singleton
final class SecondVersion implements Filter {

    private final State state;

    @Inject
    SecondVersion(State state) {
        this.state = state;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        boolean isAsked = ApiVersion.of(request.prologue().uriPath().path()) == ApiVersion.V2;
        if (isAsked && !state.hadAtStart(FeatureFlag.SUPERVISOR_V2_API)) {
            Refusal.plain(request, response, Status.NOT_FOUND_404);
        } else {
            chain.proceed();
        }
    }
}
