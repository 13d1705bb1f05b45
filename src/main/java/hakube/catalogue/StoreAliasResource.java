package hakube.catalogue;

import hakube.api.Envelope;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Old names of store routes below {@code /addons}; version 1 only. */
@Path("/addons")
@Produces(MediaType.APPLICATION_JSON)
public class StoreAliasResource extends OfferedAppResource {

    private final Store store;

    @Inject
    StoreAliasResource(Store store, Documents documents, Installation installation, Update update) {
        super(documents, installation, update);
        this.store = store;
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        store.reload();
        return Envelope.ok();
    }
}
