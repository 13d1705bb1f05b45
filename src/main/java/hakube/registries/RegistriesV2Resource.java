package hakube.registries;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link RegistriesResource} in version 2 of the API, where it differs by its path alone. */
@Typed(RegistriesV2Resource.class)
@Path("/v2/docker")
@Produces(MediaType.APPLICATION_JSON)
public class RegistriesV2Resource extends RegistriesResource {

    @Inject
    RegistriesV2Resource(Registries registries) {
        super(registries);
    }
}
