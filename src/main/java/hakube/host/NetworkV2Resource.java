package hakube.host;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link NetworkResource} in version 2 of the API, where it differs by its path alone. */
@Typed(NetworkV2Resource.class)
@Path("/v2/network")
@Produces(MediaType.APPLICATION_JSON)
public class NetworkV2Resource extends NetworkResource {

    @Inject
    NetworkV2Resource(Network network) {
        super(network);
    }
}
