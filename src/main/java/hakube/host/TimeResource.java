package hakube.host;

import hakube.api.Envelope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/**
 * Time servers, {@code /time} (upstream {@code supervisor/api/time.py}, 2026-11). The clocks are the nodes' own, and nothing of
 * them is known here.
 */
@Path("/time")
@Produces(MediaType.APPLICATION_JSON)
public class TimeResource {

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(Map.of("config", Map.of("servers", List.of(), "fallback_servers", List.of())));
    }
}
