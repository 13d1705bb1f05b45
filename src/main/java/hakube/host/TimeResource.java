package hakube.host;

import hakube.api.Envelope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
        // In this order each time: equal answers are equal bytes.
        Map<String, List<String>> config = new TreeMap<>(Map.of("servers", List.of(), "fallback_servers", List.of()));
        return Envelope.ok(Map.of("config", config));
    }
}
