package hakube.core;

import hakube.api.Envelope;
import hakube.logs.Logs;
import hakube.logs.LogsResource;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The older name of the same routes, {@code /homeassistant}; v1 only. */
@Path("/homeassistant")
@Produces(MediaType.APPLICATION_JSON)
public class HomeAssistantResource {

    private final CoreView view;
    private final CoreControls controls;
    private final Logs logs;

    @Inject
    HomeAssistantResource(CoreView view, CoreControls controls, Logs logs) {
        this.view = view;
        this.controls = controls;
        this.logs = logs;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(view.info());
    }

    @GET
    @Path("stats")
    public Envelope stats() {
        return Envelope.ok(view.stats());
    }

    @Path("logs")
    public LogsResource logs() {
        return new LogsResource(logs, CoreLog.SOURCE);
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        controls.options(body);
        return Envelope.ok();
    }

    @POST
    @Path("start")
    public Envelope start() {
        controls.start();
        return Envelope.ok();
    }

    @POST
    @Path("stop")
    public Envelope stop(String body) {
        controls.stop(body);
        return Envelope.ok();
    }

    @POST
    @Path("restart")
    public Envelope restart(String body) {
        controls.restart(body);
        return Envelope.ok();
    }

    @POST
    @Path("rebuild")
    public Envelope rebuild(String body) {
        controls.rebuild(body);
        return Envelope.ok();
    }

    @POST
    @Path("update")
    public Envelope update(String body) {
        return Envelope.ok(controls.update(body));
    }

    @POST
    @Path("check")
    public Envelope check() {
        controls.check();
        return Envelope.ok();
    }
}
