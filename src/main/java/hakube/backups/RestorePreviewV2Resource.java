package hakube.backups;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link RestorePreviewResource} in version 2 of the API, where it differs by its path alone. */
@Typed(RestorePreviewV2Resource.class)
@Path("/v2/backups/{slug}/restore/preview")
@Produces(MediaType.APPLICATION_JSON)
public class RestorePreviewV2Resource extends RestorePreviewResource {

    @Inject
    RestorePreviewV2Resource(Backups backups, RestoreScout scout) {
        super(backups, scout);
    }
}
