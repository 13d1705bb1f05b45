package hakube.host;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What upstream runs as plug-ins beside itself (upstream {@code supervisor/api/{cli,dns,audio,…}.py}, 2026-08). */
@Path("/{plugin:audio|cli|dns|multicast|observer}/info")
@Produces(MediaType.APPLICATION_JSON)
public class PlugInResource {

    private final PlugIns plugIns;

    @Inject
    PlugInResource(PlugIns plugIns) {
        this.plugIns = plugIns;
    }

    @GET
    public Envelope info(@PathParam("plugin") String word) {
        return Envelope.ok(plugIns.info(word));
    }
}
