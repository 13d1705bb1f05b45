package hakube.logs;

import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@code /audio/logs}: there is no such plug-in, which its log says in one line. */
@Path("/audio/logs")
public class AudioLogsResource extends LogsResource {

    @Inject
    AudioLogsResource(Logs logs) {
        super(logs, new LogSource.Absent("The audio plug-in"));
    }
}
