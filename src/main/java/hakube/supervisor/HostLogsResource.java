package hakube.supervisor;

import hakube.api.Envelope;
import hakube.logs.LogSource;
import hakube.logs.Logs;
import hakube.logs.OneLogResource;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /host/logs} (upstream {@code supervisor/api/host.py}, 2026-08): a node's own log is not the Supervisor's to read, but
 * behind the identifiers are the logs of what runs here.
 */
@Path("/host/logs")
public class HostLogsResource extends OneLogResource {

    private static final LogSource HOST = new LogSource.Absent("Reading host logs");

    private final Logs logs;
    private final LogIdentifiers identifiers;

    @Inject
    HostLogsResource(Logs logs, LogIdentifiers identifiers) {
        super(logs, () -> HOST, Optional.empty());
        this.logs = logs;
        this.identifiers = identifiers;
    }

    /** One boot, which the log page asks for before any log. */
    @GET
    @Path("boots")
    @Produces(MediaType.APPLICATION_JSON)
    public Envelope boots() {
        return Envelope.ok(Map.of("boots", Map.of("0", logs.bootId())));
    }

    @Path("boots/{boot}")
    public OneLogResource boot() {
        return new OneLogResource(logs, () -> HOST, Optional.empty());
    }

    @GET
    @Path("identifiers")
    @Produces(MediaType.APPLICATION_JSON)
    public Envelope identifiers() {
        return Envelope.ok(Map.of("identifiers", identifiers.all()));
    }

    @Path("identifiers/{identifier}")
    public OneLogResource identifier(@PathParam("identifier") String identifier) {
        return new OneLogResource(logs, () -> identifiers.of(identifier), Optional.empty());
    }

    @Path("boots/{boot}/identifiers/{identifier}")
    public OneLogResource bootOfIdentifier(@PathParam("boot") String boot, @PathParam("identifier") String identifier) {
        return new OneLogResource(logs, () -> identifiers.of(identifier), Optional.of(boot));
    }
}
