package hakube.registries;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What runs the containers and which registries it logs in to, {@code /docker} (upstream {@code supervisor/api/docker.py}). */
@Path("/docker")
@Produces(MediaType.APPLICATION_JSON)
public class RegistriesResource {

    private final Registries registries;

    @Inject
    RegistriesResource(Registries registries) {
        this.registries = registries;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(registries.info());
    }

    @GET
    @Path("registries")
    public Envelope registries() {
        return Envelope.ok(Map.of("registries", registries.users()));
    }

    @POST
    @Path("registries")
    public Envelope set(String body) {
        registries.set(Credentials.read(body));
        return Envelope.ok();
    }

    @DELETE
    @Path("registries/{hostname}")
    public Envelope remove(@PathParam("hostname") String hostname) {
        registries.remove(hostname);
        return Envelope.ok();
    }
}
