package hakube.supervisor;

import hakube.api.Envelope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /supervisor/ping}: answers as soon as the gate is open, without a token. */
@Path("/supervisor/ping")
@Produces(MediaType.APPLICATION_JSON)
public class PingResource {

    @GET
    public Envelope ping() {
        return Envelope.ok();
    }
}
