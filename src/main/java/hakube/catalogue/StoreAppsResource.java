package hakube.catalogue;

import hakube.api.ApiVersion;
import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/** {@code /store/addons}: what the store offers, by the word of v1 (upstream {@code supervisor/api/store.py}, 2026-08). */
@Path("/store/addons")
@Produces(MediaType.APPLICATION_JSON)
public class StoreAppsResource {

    private final Catalogue catalogue;
    private final Documents documents;
    private final Installation installation;
    private final ApiVersion version;

    @Inject
    StoreAppsResource(Catalogue catalogue, Documents documents, Installation installation) {
        this(catalogue, documents, installation, ApiVersion.V1);
    }

    StoreAppsResource(Catalogue catalogue, Documents documents, Installation installation, ApiVersion version) {
        this.catalogue = catalogue;
        this.documents = documents;
        this.installation = installation;
        this.version = version;
    }

    @GET
    public Envelope apps() {
        return Envelope.ok(Map.of(version.apps(), catalogue.items()));
    }

    @GET
    @Path("{app}")
    public Envelope app(@PathParam("app") String app) {
        return Envelope.ok(catalogue.details(catalogue.offered(app)));
    }

    @GET
    @Path("{app}/{version}")
    public Envelope version(@PathParam("app") String app) {
        return app(app);
    }

    @GET
    @Path("{app}/availability")
    public Envelope availability(@PathParam("app") String app) {
        catalogue.requireAvailable(catalogue.offered(app));
        return Envelope.ok();
    }

    @POST
    @Path("{app}/install")
    public Envelope install(@PathParam("app") String app, String text) {
        return installation.run(app, text);
    }

    @POST
    @Path("{app}/install/{version}")
    public Envelope installVersion(@PathParam("app") String app, String text) {
        return install(app, text);
    }

    @GET
    @Path("{app}/icon")
    @Produces("image/png")
    public Response icon(@PathParam("app") String app) {
        return Response.ok(documents.icon(app)).build();
    }

    @GET
    @Path("{app}/logo")
    @Produces("image/png")
    public Response logo(@PathParam("app") String app) {
        return Response.ok(documents.logo(app)).build();
    }

    @GET
    @Path("{app}/changelog")
    @Produces("text/plain;charset=utf-8")
    public String changelog(@PathParam("app") String app) {
        return documents.changelog(app);
    }

    @GET
    @Path("{app}/documentation")
    @Produces("text/plain;charset=utf-8")
    public String documentation(@PathParam("app") String app) {
        return documents.documentation(app);
    }
}
