package hakube.supervisor;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** Old name of {@code /available_updates} below {@code /supervisor}; version 1 only. */
@Path("/supervisor/available_updates")
@Produces(MediaType.APPLICATION_JSON)
public class UpdatesAliasResource {

    private final AvailableUpdates updates;

    @Inject
    UpdatesAliasResource(AvailableUpdates updates) {
        this.updates = updates;
    }

    @GET
    public Envelope availableUpdates() {
        return Envelope.ok(Map.of("available_updates", updates.all()));
    }
}
