package hakube.access;

import io.helidon.common.context.Contexts;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Hands the caller that the gate found to the resources, as request property {@value #PROPERTY}. */
@Provider
public final class CallerContext implements ContainerRequestFilter {

    /** Name of the property; absent on open paths. */
    public static final String PROPERTY = "hakube.caller";

    @Override
    public void filter(ContainerRequestContext request) {
        Contexts.context()
                .flatMap(context -> context.get(Caller.class))
                .ifPresent(caller -> request.setProperty(PROPERTY, caller));
    }

    /** The caller of this request. */
    public static Caller of(ContainerRequestContext request) {
        return (Caller) request.getProperty(PROPERTY);
    }

    /**
     * Lets Core alone pass (upstream {@code supervisor/api/utils.py}, {@code require_home_assistant}).
     *
     * @throws NotAuthorizedException for every other caller, the administrator included: a plain 401
     */
    public static void requireCore(ContainerRequestContext request) {
        if (!(of(request) instanceof Caller.Core)) {
            throw new NotAuthorizedException(
                    Response.status(Response.Status.UNAUTHORIZED).build());
        }
    }
}
