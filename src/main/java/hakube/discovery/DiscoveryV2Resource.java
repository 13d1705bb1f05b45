package hakube.discovery;

import hakube.api.ApiVersion;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link DiscoveryResource} in version 2 of the API: a message is one of an {@code app}. */
@Typed(DiscoveryV2Resource.class)
@Path("/v2/discovery")
@Produces(MediaType.APPLICATION_JSON)
public class DiscoveryV2Resource extends DiscoveryResource {

    @Inject
    DiscoveryV2Resource(Discovery discovery) {
        super(discovery, ApiVersion.V2);
    }
}
