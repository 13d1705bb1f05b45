package hakube.logs;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;

/** {@link AudioLogsResource} in version 2 of the API, where it differs by its path alone. */
@Typed(AudioLogsV2Resource.class)
@Path("/v2/audio/logs")
public class AudioLogsV2Resource extends AudioLogsResource {

    @Inject
    AudioLogsV2Resource(Logs logs) {
        super(logs);
    }
}
