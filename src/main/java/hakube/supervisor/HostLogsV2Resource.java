package hakube.supervisor;

import hakube.logs.Logs;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@link HostLogsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(HostLogsV2Resource.class)
@Path("/v2/host/logs")
public class HostLogsV2Resource extends HostLogsResource {

    @Inject
    HostLogsV2Resource(Logs logs, LogIdentifiers identifiers) {
        super(logs, identifiers);
    }
}
