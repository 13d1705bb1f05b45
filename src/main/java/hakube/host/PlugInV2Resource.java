package hakube.host;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link PlugInResource} in version 2 of the API, where it differs by its path alone. */
@Typed(PlugInV2Resource.class)
@Path("/v2/{plugin:audio|cli|dns|multicast|observer}/info")
@Produces(MediaType.APPLICATION_JSON)
public class PlugInV2Resource extends PlugInResource {

    @Inject
    PlugInV2Resource(PlugIns plugIns) {
        super(plugIns);
    }
}
