package hakube.supervisor;

import hakube.api.ApiVersion;
import hakube.logs.Logs;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link SupervisorResource} in version 2 of the API, without what the first one is still asked for: {@code wait_boot}, apps, repositories. */
@Typed(SupervisorV2Resource.class)
@Path("/v2/supervisor")
@Produces(MediaType.APPLICATION_JSON)
public class SupervisorV2Resource extends SupervisorResource {

    @Inject
    SupervisorV2Resource(Overview overview, SupervisorControls controls, Logs logs) {
        super(overview, controls, logs, ApiVersion.V2);
    }
}
