package hakube.host;

import hakube.api.ApiVersion;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link HostResource} in version 2 of the API: the ids of disk usage say app. */
@Typed(HostV2Resource.class)
@Path("/v2/host")
@Produces(MediaType.APPLICATION_JSON)
public class HostV2Resource extends HostResource {

    @Inject
    HostV2Resource(Host host, DiskUsage usage) {
        super(host, usage, ApiVersion.V2);
    }
}
