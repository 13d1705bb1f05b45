package hakube.mounts;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link MountsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(MountsV2Resource.class)
@Path("/v2/mounts")
@Produces(MediaType.APPLICATION_JSON)
public class MountsV2Resource extends MountsResource {

    @Inject
    MountsV2Resource(Mounts mounts) {
        super(mounts);
    }
}
