package hakube.access;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link SecurityResource} in version 2 of the API, where it differs by its path alone. */
@Typed(SecurityV2Resource.class)
@Path("/v2/security")
@Produces(MediaType.APPLICATION_JSON)
public class SecurityV2Resource extends SecurityResource {

    @Inject
    SecurityV2Resource(Security security) {
        super(security);
    }
}
