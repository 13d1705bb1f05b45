package hakube.logs;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@link MulticastLogsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(MulticastLogsV2Resource.class)
@Path("/v2/multicast/logs")
public class MulticastLogsV2Resource extends MulticastLogsResource {

    @Inject
    MulticastLogsV2Resource(Logs logs) {
        super(logs);
    }
}
