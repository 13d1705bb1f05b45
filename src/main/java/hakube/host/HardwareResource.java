package hakube.host;

import hakube.api.Envelope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** Devices: no pod gets any, {@code /hardware} (upstream {@code supervisor/api/hardware.py}, 2026-08). */
@Path("/hardware")
@Produces(MediaType.APPLICATION_JSON)
public class HardwareResource {

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(Map.of("devices", List.of(), "drives", List.of()));
    }

    @GET
    @Path("audio")
    public Envelope audio() {
        return Envelope.ok(Map.of("audio", Map.of("input", Map.of(), "output", Map.of())));
    }
}
