package hakube.logs;

import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@code /dns/logs}: there is no such plug-in, which its log says in one line. */
@Path("/dns/logs")
public class DnsLogsResource extends LogsResource {

    @Inject
    DnsLogsResource(Logs logs) {
        super(logs, new LogSource.Absent("The DNS plug-in"));
    }
}
