package hakube.supervisor;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /supervisor}. {@code ping} answers as soon as the gate is open, without a token. */
@Path("/supervisor")
@Produces(MediaType.APPLICATION_JSON)
public class SupervisorResource {

    private final Overview overview;

    @Inject
    SupervisorResource(Overview overview) {
        this.overview = overview;
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
}
