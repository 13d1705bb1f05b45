package hakube.logs;

import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@code /multicast/logs}: there is no such plug-in, which its log says in one line. */
@Path("/multicast/logs")
public class MulticastLogsResource extends LogsResource {

    @Inject
    MulticastLogsResource(Logs logs) {
        super(logs, new LogSource.Absent("The multicast plug-in"));
    }
}
