package hakube.api;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Keeps JAX-RS from what it does by itself and upstream does not: refusing an {@code Accept} that does not fit, where
 * upstream reads it on log routes only, and answering {@code OPTIONS}.
 */
@Provider
@PreMatching
public final class HttpRules implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getMethod().equals(HttpMethod.OPTIONS)) {
            // The mapper asks the table of routes and makes 405 or 404 of it.
            throw new NotFoundException();
        }
        if (FailureShape.of("/" + request.getUriInfo().getPath()) != FailureShape.TEXT) {
            request.getHeaders().remove(HttpHeaders.ACCEPT);
        }
    }
}
