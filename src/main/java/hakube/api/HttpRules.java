package hakube.api;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;

/**
 * Keeps JAX-RS from what it does by itself and upstream does not: refusing an {@code Accept} that does not fit, where upstream reads it
 * on log routes only, reading {@code Content-Type}, answering {@code OPTIONS}, asking for the app of a sub-resource before the method, and
 * taking a path with a slash at its end for the one without, whose rights are others: {@code /ingress/session/} is an app's page.
 */
@Provider
@PreMatching
public final class HttpRules implements ContainerRequestFilter {

    private static final Pattern READ_BY_TYPE = Pattern.compile("(/v2)?/(auth|backups/new/upload)");
    private static final String NO_TYPE = "malformed/malformed";

    @Override
    public void filter(ContainerRequestContext request) {
        String path = "/" + request.getUriInfo().getPath();
        if (path.endsWith("/") || isOfNoRoute(request.getMethod(), path)) {
            // The mapper asks the table of routes and makes 405 or 404 of it.
            throw new NotFoundException();
        }
        if (FailureShape.of(path) != FailureShape.TEXT) {
            request.getHeaders().remove(HttpHeaders.ACCEPT);
        } else if (!isWellFormed(request::getAcceptableMediaTypes)) {
            // The route refuses it in its own words, JAX-RS would without any.
            request.getHeaders().putSingle(HttpHeaders.ACCEPT, NO_TYPE);
        }
        forgetContentType(request, path);
    }

    /** JAX-RS would refuse a malformed one without a word, and decode a body by it. */
    private static void forgetContentType(ContainerRequestContext request, String path) {
        if (!READ_BY_TYPE.matcher(path).matches()) {
            request.getHeaders().remove(HttpHeaders.CONTENT_TYPE);
        } else if (!isWellFormed(request::getMediaType)) {
            throw new BadRequestException();
        }
    }

    private static boolean isWellFormed(Runnable header) {
        try {
            header.run();
            return true;
        } catch (ProcessingException e) {
            return false;
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
