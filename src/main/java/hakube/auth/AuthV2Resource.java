package hakube.auth;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link AuthResource} in version 2 of the API, where it differs by its path alone. */
@Typed(AuthV2Resource.class)
@Path("/v2/auth")
@Produces(MediaType.APPLICATION_JSON)
public class AuthV2Resource extends AuthResource {

    @Inject
    AuthV2Resource(Logins logins) {
        super(logins);
    }
}
