package hakube.logs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.util.function.Supplier;

/** The routes below {@code …/logs} of one workload; rooms hand it out as a sub-resource. */
public class LogsResource {

    private static final String CURSOR_HEADER = "X-First-Cursor";

    private final Logs logs;
    private final Supplier<LogSource> source;

    public LogsResource(Logs logs, LogSource source) {
        this(logs, () -> source);
    }

    /** @param source asked once a route is met, so that another method is refused before an unknown workload is */
    public LogsResource(Logs logs, Supplier<LogSource> source) {
        this.logs = logs;
        this.source = source;
    }

    @GET
    public Response some(
            @Context UriInfo uri, @HeaderParam("Accept") String accept, @HeaderParam("Range") String range) {
        return answer(uri, accept, range, false, false, false);
    }

    @GET
    @Path("follow")
    public Response follow(
            @Context UriInfo uri, @HeaderParam("Accept") String accept, @HeaderParam("Range") String range) {
        return answer(uri, accept, range, false, true, false);
    }

    @GET
    @Path("latest")
    public Response latest(@Context UriInfo uri, @HeaderParam("Accept") String accept) {
        return answer(uri, accept, null, true, false, false);
    }

    @GET
    @Path("boots/{boot}")
    public Response boot(
            @Context UriInfo uri,
            @PathParam("boot") String boot,
            @HeaderParam("Accept") String accept,
            @HeaderParam("Range") String range) {
        return answer(uri, accept, range, false, false, logs.isPrevious(source.get(), boot));
    }

    @GET
    @Path("boots/{boot}/follow")
    public Response followBoot(
            @Context UriInfo uri,
            @PathParam("boot") String boot,
            @HeaderParam("Accept") String accept,
            @HeaderParam("Range") String range) {
        boolean previous = logs.isPrevious(source.get(), boot);
        return answer(uri, accept, range, false, !previous, previous);
    }

    private Response answer(
            UriInfo uri, String accept, String range, boolean latest, boolean follow, boolean previous) {
        MultivaluedMap<String, String> query = uri.getQueryParameters();
        LogAnswer answer = logs.open(
                source.get(),
                LogQuery.of(
                        accept,
                        query.getFirst("lines"),
                        range,
                        query.containsKey("verbose"),
                        query.containsKey("no_colors"),
                        latest,
                        follow,
                        previous));
        StreamingOutput body = answer::writeTo;
        Response.ResponseBuilder response = Response.ok(body, "text/plain");
        answer.firstCursor()
                .ifPresent(cursor -> response.header(CURSOR_HEADER, cursor).header("X-Accel-Buffering", "no"));
        return response.build();
    }
}
