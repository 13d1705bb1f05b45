package hakube.core;

import hakube.logs.Logs;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link CoreResource} in version 2 of the API, where it differs by its path alone. */
@Typed(CoreV2Resource.class)
@Path("/v2/core")
@Produces(MediaType.APPLICATION_JSON)
public class CoreV2Resource extends CoreResource {

    @Inject
    CoreV2Resource(CoreView view, CoreControls controls, Logs logs) {
        super(view, controls, logs);
    }
}
