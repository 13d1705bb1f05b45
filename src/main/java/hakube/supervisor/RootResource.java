package hakube.supervisor;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The routes of one word: the whole in one answer, and updates (upstream {@code supervisor/api/root.py}, 2026-08). */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class RootResource {

    private final Overview overview;
    private final AvailableUpdates updates;
    private final SupervisorControls controls;

    @Inject
    RootResource(Overview overview, AvailableUpdates updates, SupervisorControls controls) {
        this.overview = overview;
        this.updates = updates;
        this.controls = controls;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(overview.root());
    }

    @GET
    @Path("available_updates")
    public Envelope availableUpdates() {
        return Envelope.ok(Map.of("available_updates", updates.all()));
    }

    @POST
    @Path("reload_updates")
    public Envelope reloadUpdates() {
        controls.reloadVersions();
        return Envelope.ok();
    }

    /** Version 1 only. */
    @POST
    @Path("refresh_updates")
    public Envelope refreshUpdates() {
        controls.reloadAll();
        return Envelope.ok();
    }
}
