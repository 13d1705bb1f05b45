package hakube.supervisor;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /info}: the whole in one answer. */
@Path("/info")
@Produces(MediaType.APPLICATION_JSON)
public class RootResource {

    private final Overview overview;

    @Inject
    RootResource(Overview overview) {
        this.overview = overview;
    }

    @GET
    public Envelope info() {
        return Envelope.ok(overview.root());
    }
}
