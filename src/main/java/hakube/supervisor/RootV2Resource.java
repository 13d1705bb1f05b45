package hakube.supervisor;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What version 2 of the API keeps of {@link RootResource}. */
@Path("/v2")
@Produces(MediaType.APPLICATION_JSON)
public class RootV2Resource {

    private final Overview overview;
    private final SupervisorControls controls;

    @Inject
    RootV2Resource(Overview overview, SupervisorControls controls) {
        this.overview = overview;
        this.controls = controls;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(overview.root());
    }

    @POST
    @Path("reload_updates")
    public Envelope reloadUpdates() {
        controls.reloadVersions();
        return Envelope.ok();
    }
}
