package hakube.logs;

import hakube.api.HeadersOnly;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.Optional;
import java.util.function.Supplier;

/** One log, and the same followed; the part that all log routes end with. */
public class OneLogResource {

    private static final String CURSOR_HEADER = "X-First-Cursor";

    private final Logs logs;
    private final Supplier<LogSource> source;
    private final Optional<String> boot;

    /**
     * @param source asked once a route is met, so that another method is refused before an unknown workload is
     * @param boot offset or id as the route has it, empty for the present run
     */
    public OneLogResource(Logs logs, Supplier<LogSource> source, Optional<String> boot) {
        this.logs = logs;
        this.source = source;
        this.boot = boot;
    }

    @GET
    public Response some(@Context ContainerRequestContext request) {
        return answer(request, false, false);
    }

    @GET
    @Path("follow")
    public Response follow(@Context ContainerRequestContext request) {
        return answer(request, false, true);
    }

    /** The same source, at another boot. */
    OneLogResource at(String otherBoot) {
        return new OneLogResource(logs, source, Optional.of(otherBoot));
    }

    Response answer(ContainerRequestContext request, boolean latest, boolean follow) {
        LogSource whose = source.get();
        boolean previous = boot.map(wanted -> logs.isPrevious(whose, wanted)).orElse(false);
        boolean isHead = HeadersOnly.areAsked();
        LogAnswer answer = logs.open(whose, query(request, latest, follow && !previous && !isHead, previous));
        Response.ResponseBuilder response = Response.ok().type("text/plain");
        answer.firstCursor()
                .ifPresent(cursor -> response.header(CURSOR_HEADER, cursor).header("X-Accel-Buffering", "no"));
        if (isHead) {
            answer.close();
            return response.build();
        }
        StreamingOutput body = answer::writeTo;
        return response.entity(body).build();
    }

    private static LogQuery query(ContainerRequestContext request, boolean latest, boolean follow, boolean previous) {
        MultivaluedMap<String, String> parameters = request.getUriInfo().getQueryParameters();
        return LogQuery.of(
                request.getHeaderString(HttpHeaders.ACCEPT),
                parameters.getFirst("lines"),
                request.getHeaderString("Range"),
                parameters.containsKey("verbose"),
                parameters.containsKey("no_colors"),
                latest,
                follow,
                previous);
    }
}
