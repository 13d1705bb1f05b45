package hakube.discovery;

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
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code /discovery}: apps write, Core reads (upstream {@code supervisor/api/discovery.py}, 2026-08); v1 says {@code addon}. */
@Path("/discovery")
@Produces(MediaType.APPLICATION_JSON)
public class DiscoveryResource {

    private final Discovery discovery;
    private final ApiVersion version;

    @Inject
    DiscoveryResource(Discovery discovery) {
        this(discovery, ApiVersion.V1);
    }

    DiscoveryResource(Discovery discovery, ApiVersion version) {
        this.discovery = discovery;
        this.version = version;
    }

    @GET
    public Envelope list(@Context ContainerRequestContext request) {
        CallerContext.requireCore(request);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "discovery",
                discovery.shown().stream()
                        .map(message -> message.wire(version.app()))
                        .toList());
        answer.put("services", discovery.services());
        return Envelope.ok(answer);
    }

    @POST
    public Envelope send(@Context ContainerRequestContext request, String text) {
        return Envelope.ok(Map.of("uuid", discovery.send(CallerContext.of(request), text)));
    }

    @GET
    @Path("{uuid}")
    public Envelope get(@PathParam("uuid") String uuid, @Context ContainerRequestContext request) {
        CallerContext.requireCore(request);
        return Envelope.ok(discovery.find(uuid).wire(version.app()));
    }

    @DELETE
    @Path("{uuid}")
    public Envelope delete(@PathParam("uuid") String uuid, @Context ContainerRequestContext request) {
        discovery.delete(uuid, CallerContext.of(request));
        return Envelope.ok();
    }
}
