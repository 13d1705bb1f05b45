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
 * upstream reads it on log routes only, answering {@code OPTIONS}, asking for the app of a sub-resource before the method,
 * and taking a path with a slash at its end for the one without, whose rights are others: {@code /ingress/session/} is an app's page.
 */
@Provider
@PreMatching
public final class HttpRules implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String path = "/" + request.getUriInfo().getPath();
        if (path.endsWith("/") || isOfNoRoute(request.getMethod(), path)) {
            // The mapper asks the table of routes and makes 405 or 404 of it.
            throw new NotFoundException();
        }
        if (FailureShape.of(path) != FailureShape.TEXT) {
            request.getHeaders().remove(HttpHeaders.ACCEPT);
        }
    }

    /** Reads are not looked up: they are many, and every sub-resource is for reading. */
    private static boolean isOfNoRoute(String method, String path) {
        return switch (method) {
            case HttpMethod.GET, HttpMethod.HEAD -> false;
            case HttpMethod.OPTIONS -> true;
            default -> RouteTable.of(method, path) instanceof RouteTable.Unserved.OtherMethod;
        };
    }
}
