package hakube.logs;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;

/** The routes below {@code …/logs} of one workload; rooms hand it out as a sub-resource. */
public class LogsResource extends OneLogResource {

    public LogsResource(Logs logs, LogSource source) {
        this(logs, () -> source);
    }

    /** @param source asked once a route is met, so that another method is refused before an unknown workload is */
    public LogsResource(Logs logs, Supplier<LogSource> source) {
        super(logs, source, Optional.empty());
    }

    @GET
    @Path("latest")
    public Response latest(@Context ContainerRequestContext request) {
        return answer(request, true, false);
    }

    @Path("boots/{boot}")
    public OneLogResource boot(@PathParam("boot") String boot) {
        return at(boot);
    }
}
