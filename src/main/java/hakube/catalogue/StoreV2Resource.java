package hakube.catalogue;

import hakube.api.ApiVersion;
import hakube.store.Repositories;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link StoreResource} in version 2 of the API: the store has {@code apps}. */
@Typed(StoreV2Resource.class)
@Path("/v2/store")
@Produces(MediaType.APPLICATION_JSON)
public class StoreV2Resource extends StoreResource {

    @Inject
    StoreV2Resource(Repositories repositories, Catalogue catalogue) {
        super(repositories, catalogue, ApiVersion.V2);
    }
}
