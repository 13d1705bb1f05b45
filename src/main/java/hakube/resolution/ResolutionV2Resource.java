package hakube.resolution;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link ResolutionResource} in version 2 of the API: types of issues and slugs of checks say app. */
@Typed(ResolutionV2Resource.class)
@Path("/v2/resolution")
@Produces(MediaType.APPLICATION_JSON)
public class ResolutionV2Resource extends ResolutionResource {

    @Inject
    ResolutionV2Resource(ResolutionControls controls) {
        super(controls, Naming.PRESENT);
    }
}
