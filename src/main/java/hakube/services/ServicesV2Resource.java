package hakube.services;

import hakube.api.ApiVersion;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link ServicesResource} in version 2 of the API: the provider is an {@code app}. */
@Typed(ServicesV2Resource.class)
@Path("/v2/services")
@Produces(MediaType.APPLICATION_JSON)
public class ServicesV2Resource extends ServicesResource {

    @Inject
    ServicesV2Resource(Services services) {
        super(services, ApiVersion.V2);
    }
}
