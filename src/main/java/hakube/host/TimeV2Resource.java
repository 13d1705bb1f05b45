package hakube.host;

import jakarta.enterprise.inject.Typed;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link TimeResource} in version 2 of the API, where it differs by its path alone. */
@Typed(TimeV2Resource.class)
@Path("/v2/time")
@Produces(MediaType.APPLICATION_JSON)
public class TimeV2Resource extends TimeResource {}
