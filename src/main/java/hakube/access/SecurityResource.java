package hakube.access;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /security} (upstream {@code supervisor/api/security.py}, 2026-08). */
@Path("/security")
@Produces(MediaType.APPLICATION_JSON)
public class SecurityResource {

    private final Security security;

    @Inject
    SecurityResource(Security security) {
        this.security = security;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(security.options());
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        security.change(body);
        return Envelope.ok();
    }

    @POST
    @Path("integrity")
    public Envelope integrity() {
        security.checkIntegrity();
        return Envelope.ok();
    }
}
