package hakube.catalogue;

import hakube.api.ApiVersion;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /v2/store/apps}: {@link StoreAppsResource} in version 2 of the API. */
@Typed(StoreAppsV2Resource.class)
@Path("/v2/store/apps")
@Produces(MediaType.APPLICATION_JSON)
public class StoreAppsV2Resource extends StoreAppsResource {

    @Inject
    StoreAppsV2Resource(Catalogue catalogue, Documents documents, Installation installation, Update update) {
        super(catalogue, documents, installation, update, ApiVersion.V2);
    }
}
