package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.api.Envelope;
import hakube.store.Store;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code /store}. */
@Path("/store")
@Produces(MediaType.APPLICATION_JSON)
public class StoreResource {

    private final Store store;
    private final Catalogue catalogue;
    private final Documents documents;
    private final Installation installation;

    @Inject
    StoreResource(Store store, Catalogue catalogue, Documents documents, Installation installation) {
        this.store = store;
        this.catalogue = catalogue;
        this.documents = documents;
        this.installation = installation;
    }

    @GET
    public Envelope all() {
        return Envelope.ok(Map.of("addons", catalogue.items(), "repositories", catalogue.repositories()));
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

    @GET
    @Path("addons")
    public Envelope apps() {
        return Envelope.ok(Map.of("addons", catalogue.items()));
    }

    @GET
    @Path("addons/{app}")
    public Envelope app(@PathParam("app") String app) {
        return Envelope.ok(catalogue.details(catalogue.offered(app)));
    }

    @GET
    @Path("addons/{app}/{version}")
    public Envelope version(@PathParam("app") String app) {
        return app(app);
    }

    @GET
    @Path("addons/{app}/availability")
    public Envelope availability(@PathParam("app") String app) {
        catalogue.requireAvailable(catalogue.offered(app));
        return Envelope.ok();
    }

    @POST
    @Path("addons/{app}/install")
    public Envelope install(@PathParam("app") String app, String text) {
        StoreApp offered = catalogue.offered(app);
        Body body = Body.of(text);
        boolean background = body.lenientBool("background").orElse(false);
        body.check();
        return installation.run(offered, background);
    }

    @POST
    @Path("addons/{app}/install/{version}")
    public Envelope installVersion(@PathParam("app") String app, String text) {
        return install(app, text);
    }

    @GET
    @Path("addons/{app}/icon")
    @Produces("image/png")
    public Response icon(@PathParam("app") String app) {
        return Response.ok(documents.icon(app)).build();
    }

    @GET
    @Path("addons/{app}/logo")
    @Produces("image/png")
    public Response logo(@PathParam("app") String app) {
        return Response.ok(documents.logo(app)).build();
    }

    @GET
    @Path("addons/{app}/changelog")
    @Produces("text/plain;charset=utf-8")
    public String changelog(@PathParam("app") String app) {
        return documents.changelog(app);
    }

    @GET
    @Path("addons/{app}/documentation")
    @Produces("text/plain;charset=utf-8")
    public String documentation(@PathParam("app") String app) {
        return documents.documentation(app);
    }
}
