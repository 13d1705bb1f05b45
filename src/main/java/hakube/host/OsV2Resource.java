package hakube.host;

import jakarta.enterprise.inject.Typed;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link OsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(OsV2Resource.class)
@Path("/v2/os")
@Produces(MediaType.APPLICATION_JSON)
public class OsV2Resource extends OsResource {}
