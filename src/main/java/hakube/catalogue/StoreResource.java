package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Body;
import hakube.api.Envelope;
import hakube.store.Repositories;
import hakube.store.RepositorySource;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;

/** {@code /store} as a whole, and its repositories (upstream {@code supervisor/api/store.py}, 2026-08). */
@Path("/store")
@Produces(MediaType.APPLICATION_JSON)
public class StoreResource {

    private static final String REPOSITORY = "repository";

    private final Repositories repositories;
    private final Catalogue catalogue;
    private final ApiVersion version;

    @Inject
    StoreResource(Repositories repositories, Catalogue catalogue) {
        this(repositories, catalogue, ApiVersion.V1);
    }

    StoreResource(Repositories repositories, Catalogue catalogue, ApiVersion version) {
        this.repositories = repositories;
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
        repositories.reload();
        return Envelope.ok();
    }

    @GET
    @Path("repositories")
    public Envelope repositories() {
        return Envelope.ok(catalogue.repositories());
    }

    @POST
    @Path("repositories")
    public Envelope add(String text) {
        Body body = Body.of(text).require(REPOSITORY);
        Optional<String> wanted = body.text(REPOSITORY);
        wanted.flatMap(RepositorySource::faultOf).ifPresent(fault -> body.refuse(REPOSITORY, fault));
        body.check();
        repositories.add(wanted.orElseThrow());
        return Envelope.ok();
    }

    @GET
    @Path("repositories/{repository}")
    public Envelope repository(@PathParam(REPOSITORY) String slug) {
        return Envelope.ok(catalogue
                .repository(slug)
                .orElseThrow(() -> new ApiFailure.NotFound(
                        "Repository " + slug + " does not exist in the store",
                        "store_repository_not_found_error",
                        Map.of(REPOSITORY, slug))));
    }

    @DELETE
    @Path("repositories/{repository}")
    public Envelope remove(@PathParam(REPOSITORY) String slug) {
        repositories.remove(slug);
        return Envelope.ok();
    }

    @POST
    @Path("repositories/{repository}/repair")
    public Envelope repair(@PathParam(REPOSITORY) String slug) {
        repositories.repair(slug);
        return Envelope.ok();
    }
}
