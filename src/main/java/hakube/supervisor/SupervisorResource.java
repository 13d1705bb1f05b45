package hakube.supervisor;

import hakube.api.ApiVersion;
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

/** {@code /supervisor}. {@code ping} answers as soon as the gate is open, without a token. */
@Path("/supervisor")
@Produces(MediaType.APPLICATION_JSON)
public class SupervisorResource {

    private final Overview overview;
    private final SupervisorControls controls;
    private final Logs logs;
    private final ApiVersion version;

    @Inject
    SupervisorResource(Overview overview, SupervisorControls controls, Logs logs) {
        this(overview, controls, logs, ApiVersion.V1);
    }

    SupervisorResource(Overview overview, SupervisorControls controls, Logs logs, ApiVersion version) {
        this.overview = overview;
        this.controls = controls;
        this.logs = logs;
        this.version = version;
    }

    @GET
    @Path("ping")
    public Envelope ping() {
        return Envelope.ok();
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(overview.supervisor(version));
    }

    @GET
    @Path("stats")
    public Envelope stats() {
        return Envelope.ok(controls.stats());
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        controls.options(OptionsForm.of(body, version));
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
