package hakube.ingress;

import hakube.apps.AppPanels;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link IngressResource} in version 2 of the API, where it differs by its path alone. */
@Typed(IngressV2Resource.class)
@Path("/v2/ingress")
@Produces(MediaType.APPLICATION_JSON)
public class IngressV2Resource extends IngressResource {

    @Inject
    IngressV2Resource(IngressSessions sessions, IngressUsers users, AppPanels panels) {
        super(sessions, users, panels);
    }
}
