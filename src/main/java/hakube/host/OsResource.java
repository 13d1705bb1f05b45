package hakube.host;

import hakube.api.Envelope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** Home Assistant OS, which does not run here, {@code /os} (upstream {@code supervisor/api/os.py}, 2026-08). */
@Path("/os")
@Produces(MediaType.APPLICATION_JSON)
public class OsResource {

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(OsInfo.NONE);
    }

    /** Both keys: the frontend reads one, clients the other. */
    @GET
    @Path("datadisk/list")
    public Envelope dataDisks() {
        return Envelope.ok(Map.of("devices", List.of(), "disks", List.of()));
    }
}
