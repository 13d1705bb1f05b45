package hakube.logs;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@link DnsLogsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(DnsLogsV2Resource.class)
@Path("/v2/dns/logs")
public class DnsLogsV2Resource extends DnsLogsResource {

    @Inject
    DnsLogsV2Resource(Logs logs) {
        super(logs);
    }
}
