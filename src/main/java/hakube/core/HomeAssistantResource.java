package hakube.core;

import hakube.api.Envelope;
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

    private final Core core;
    private final CoreControls controls;

    @Inject
    HomeAssistantResource(Core core, CoreControls controls) {
        this.core = core;
        this.controls = controls;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(core.info());
    }

    @GET
    @Path("stats")
    public Envelope stats() {
        return Envelope.ok(core.stats());
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
        controls.update(body);
        return Envelope.ok();
    }
}
