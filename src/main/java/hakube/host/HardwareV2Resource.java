package hakube.host;

import jakarta.enterprise.inject.Typed;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link HardwareResource} in version 2 of the API, where it differs by its path alone. */
@Typed(HardwareV2Resource.class)
@Path("/v2/hardware")
@Produces(MediaType.APPLICATION_JSON)
public class HardwareV2Resource extends HardwareResource {}
