package hakube.host;

import hakube.api.ApiVersion;
import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** The host that there is not, {@code /host} (upstream {@code supervisor/api/host.py}, 2026-08). */
@Path("/host")
@Produces(MediaType.APPLICATION_JSON)
public class HostResource {

    private final Host host;
    private final DiskUsage usage;
    private final ApiVersion version;

    @Inject
    HostResource(Host host, DiskUsage usage) {
        this(host, usage, ApiVersion.V1);
    }

    HostResource(Host host, DiskUsage usage, ApiVersion version) {
        this.host = host;
        this.usage = usage;
        this.version = version;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(host.info());
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        host.reload();
        return Envelope.ok();
    }

    /** Units of systemd, which no cluster has. */
    @GET
    @Path("services")
    public Envelope services() {
        return Envelope.ok(Map.of("services", List.of()));
    }

    @GET
    @Path("disks/{disk}/usage")
    public Envelope usage(@PathParam("disk") String disk, @QueryParam("max_depth") String maxDepth) {
        return Envelope.ok(usage.of(disk, maxDepth).withIdsOf(version).wire());
    }
}
