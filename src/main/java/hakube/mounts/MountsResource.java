package hakube.mounts;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Network storage, {@code /mounts}. */
@Path("/mounts")
@Produces(MediaType.APPLICATION_JSON)
public class MountsResource {

    private final Mounts mounts;

    @Inject
    MountsResource(Mounts mounts) {
        this.mounts = mounts;
    }

    @GET
    public Envelope info() {
        return Envelope.ok(mounts.info());
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        mounts.options(body);
        return Envelope.ok();
    }
}
