package hakube.catalogue;

import hakube.api.Envelope;
import hakube.store.Repositories;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Old names of store routes below {@code /addons}; version 1 only. */
@Path("/addons")
@Produces(MediaType.APPLICATION_JSON)
public class StoreAliasResource extends OfferedAppResource {

    private final Repositories repositories;

    @Inject
    StoreAliasResource(Repositories repositories, Documents documents, Installation installation, Update update) {
        super(documents, installation, update);
        this.repositories = repositories;
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        repositories.reload();
        return Envelope.ok();
    }
}
