package hakube.host;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The Supervisor's own network, {@code /network} (upstream {@code supervisor/api/network.py}, 2026-08). */
@Path("/network")
@Produces(MediaType.APPLICATION_JSON)
public class NetworkResource {

    private final Network network;

    @Inject
    NetworkResource(Network network) {
        this.network = network;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(network.info());
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        network.reload();
        return Envelope.ok();
    }

    @GET
    @Path("interface/{interface}/info")
    public Envelope named(@PathParam("interface") String name) {
        return Envelope.ok(network.named(name));
    }
}
