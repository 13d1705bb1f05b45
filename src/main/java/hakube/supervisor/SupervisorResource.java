package hakube.supervisor;

import hakube.api.Envelope;
import hakube.logs.LogSource;
import hakube.logs.Logs;
import hakube.logs.LogsResource;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /supervisor}. {@code ping} answers as soon as the gate is open, without a token. */
@Path("/supervisor")
@Produces(MediaType.APPLICATION_JSON)
public class SupervisorResource {

    private final Overview overview;
    private final AvailableUpdates updates;
    private final SupervisorControls controls;
    private final Logs logs;

    @Inject
    SupervisorResource(Overview overview, AvailableUpdates updates, SupervisorControls controls, Logs logs) {
        this.overview = overview;
        this.updates = updates;
        this.controls = controls;
        this.logs = logs;
    }

    @GET
    @Path("ping")
    public Envelope ping() {
        return Envelope.ok();
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(overview.supervisor());
    }

    @GET
    @Path("stats")
    public Envelope stats() {
        return Envelope.ok(controls.stats());
    }

    @GET
    @Path("available_updates")
    public Envelope availableUpdates() {
        return Envelope.ok(Map.of("available_updates", updates.all()));
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        controls.options(OptionsForm.ofFirstVersion(body));
        return Envelope.ok();
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        controls.reload();
        return Envelope.ok();
    }

    @POST
    @Path("repair")
    public Envelope repair() {
        controls.repair();
        return Envelope.ok();
    }

    @POST
    @Path("restart")
    public Envelope restart() {
        controls.restart();
        return Envelope.ok();
    }

    @Path("logs")
    public LogsResource logs() {
        return new LogsResource(logs, new LogSource.Own());
    }
}
