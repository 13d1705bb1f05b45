package hakube.api;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one place where a failure becomes an answer. The route decides the shape, never the {@code Accept} header: log
 * routes answer the bare message as text, images and documents as octets, everything else the JSON envelope.
 */
@Provider
public final class FailureMapper implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(FailureMapper.class.getName());
    private static final String NO_TEXT = "Unknown error, see Supervisor logs";

    @Context
    private UriInfo uri;

    @Context
    private Request request;

    @Override
    public Response toResponse(Throwable failure) {
        return switch (failure) {
            case ApiFailure known -> answer(known);
            case NotFoundException ignored -> unserved();
            case NotAllowedException ignored -> unserved();
            case WebApplicationException below -> plain(below.getResponse());
            default -> {
                LOG.log(Level.SEVERE, "Unexpected fault at " + path(), failure);
                yield plain(Response.serverError().build());
            }
        };
    }

    private Response unserved() {
        String method = request == null ? "GET" : request.getMethod();
        return switch (RouteTable.of(method, path())) {
            case RouteTable.Unserved.Refused refused ->
                answer(ApiFailure.UnsupportedHere.of(refused.subject(), refused.feature()));
            case RouteTable.Unserved.NotReady ignored -> answer(ApiFailure.Unavailable.notReady(method + " " + path()));
            case RouteTable.Unserved.OtherMethod other ->
                plain(Response.status(405).header("Allow", other.allow()).build());
            case RouteTable.Unserved.Unknown ignored ->
                plain(Response.status(404).build());
        };
    }

    private Response answer(ApiFailure failure) {
        if (failure.status() == 500) {
            LOG.log(Level.SEVERE, failure.getMessage(), failure.getCause());
        }
        Response.ResponseBuilder answer = Response.status(failure.status());
        if (failure instanceof ApiFailure.Unauthorized unauthorized) {
            unauthorized.challenge().ifPresent(challenge -> answer.header(HttpHeaders.WWW_AUTHENTICATE, challenge));
        }
        return switch (FailureShape.of(path())) {
            case JSON ->
                answer.type(MediaType.APPLICATION_JSON)
                        .entity(envelope(failure, ApiVersion.of(path())))
                        .build();
            case TEXT ->
                answer.type(MediaType.TEXT_PLAIN + ";charset=utf-8")
                        .entity(text(failure))
                        .build();
            case OCTETS ->
                answer.type(MediaType.APPLICATION_OCTET_STREAM)
                        .entity(text(failure))
                        .build();
        };
    }

    /** The failure envelope; {@code error_key} and {@code extra_fields} only where the kind has them. */
    private static Map<String, Object> envelope(ApiFailure failure, ApiVersion version) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("result", "error");
        body.put("message", text(failure));
        failure.jobId().ifPresent(id -> body.put("job_id", id));
        failure.errorKey().ifPresent(key -> body.put("error_key", version.errorKey(key)));
        if (!failure.extraFields().isEmpty()) {
            body.put("extra_fields", failure.extraFields());
        }
        return body;
    }

    private static String text(ApiFailure failure) {
        return failure.getMessage().isBlank() ? NO_TEXT : failure.getMessage();
    }

    private static Response plain(Response below) {
        int status = below.getStatus();
        Object text = below.getEntity() instanceof String known
                ? known
                : status + ": " + below.getStatusInfo().getReasonPhrase();
        Response.ResponseBuilder answer = Response.status(status)
                .type(MediaType.TEXT_PLAIN + ";charset=utf-8")
                .entity(text);
        for (String kept : List.of(HttpHeaders.ALLOW, HttpHeaders.WWW_AUTHENTICATE)) {
            Object value = below.getHeaders().getFirst(kept);
            if (value != null) {
                answer.header(kept, value);
            }
        }
        return answer.build();
    }

    private String path() {
        return uri == null ? "/" : "/" + uri.getPath();
    }
}
