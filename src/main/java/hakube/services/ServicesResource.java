package hakube.services;

import hakube.access.CallerContext;
import hakube.api.ApiVersion;
import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /services}; v1 calls the provider {@code addon}. */
@Path("/services")
@Produces(MediaType.APPLICATION_JSON)
public class ServicesResource {

    private final Services services;
    private final ApiVersion version;

    @Inject
    ServicesResource(Services services) {
        this(services, ApiVersion.V1);
    }

    ServicesResource(Services services, ApiVersion version) {
        this.services = services;
        this.version = version;
    }

    @GET
    public Envelope list() {
        return Envelope.ok(Map.of("services", services.list()));
    }

    @GET
    @Path("{service}")
    public Envelope get(@PathParam("service") String service, @Context ContainerRequestContext request) {
        return Envelope.ok(services.get(service, CallerContext.of(request)).wire(version.app()));
    }

    @POST
    @Path("{service}")
    public Envelope set(@PathParam("service") String service, @Context ContainerRequestContext request, String text) {
        services.set(service, CallerContext.of(request), text);
        return Envelope.ok();
    }

    @DELETE
    @Path("{service}")
    public Envelope delete(@PathParam("service") String service, @Context ContainerRequestContext request) {
        services.delete(service, CallerContext.of(request));
        return Envelope.ok();
    }
}
