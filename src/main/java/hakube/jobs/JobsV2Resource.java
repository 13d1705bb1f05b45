package hakube.jobs;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link JobsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(JobsV2Resource.class)
@Path("/v2/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsV2Resource extends JobsResource {

    @Inject
    JobsV2Resource(JobsControls controls) {
        super(controls);
    }
}
