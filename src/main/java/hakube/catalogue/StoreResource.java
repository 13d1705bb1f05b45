package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Envelope;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /store} as a whole, and its repositories (upstream {@code supervisor/api/store.py}, 2026-08). */
@Path("/store")
@Produces(MediaType.APPLICATION_JSON)
public class StoreResource {

    private final Store store;
    private final Catalogue catalogue;
    private final ApiVersion version;

    @Inject
    StoreResource(Store store, Catalogue catalogue) {
        this(store, catalogue, ApiVersion.V1);
    }

    StoreResource(Store store, Catalogue catalogue, ApiVersion version) {
        this.store = store;
        this.catalogue = catalogue;
        this.version = version;
    }

    @GET
    public Envelope all() {
        return Envelope.ok(Map.of(version.apps(), catalogue.items(), "repositories", catalogue.repositories()));
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        store.reload();
        return Envelope.ok();
    }

    @GET
    @Path("repositories")
    public Envelope repositories() {
        return Envelope.ok(catalogue.repositories());
    }

    @GET
    @Path("repositories/{repository}")
    public Envelope repository(@PathParam("repository") String slug) {
        return Envelope.ok(catalogue
                .repository(slug)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "Repository " + slug + " does not exist in the store",
                        "store_repository_not_found_error",
                        Map.of("repository", slug))));
    }
}
