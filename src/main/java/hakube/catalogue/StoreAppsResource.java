package hakube.catalogue;

import hakube.api.ApiVersion;
import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** {@code /store/addons}: what the store offers, by the word of v1 (upstream {@code supervisor/api/store.py}, 2026-08). */
@Path("/store/addons")
@Produces(MediaType.APPLICATION_JSON)
public class StoreAppsResource extends OfferedAppResource {

    private final Catalogue catalogue;
    private final ApiVersion version;

    @Inject
    StoreAppsResource(Catalogue catalogue, Documents documents, Installation installation, Update update) {
        this(catalogue, documents, installation, update, ApiVersion.V1);
    }

    StoreAppsResource(
            Catalogue catalogue, Documents documents, Installation installation, Update update, ApiVersion version) {
        super(documents, installation, update);
        this.catalogue = catalogue;
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
    @Path("{app}/install/{version}")
    public Envelope installVersion(@PathParam("app") String app, String text) {
        return install(app, text);
    }

    /** The version is not looked at, as upstream does. */
    @POST
    @Path("{app}/update/{version}")
    public Envelope updateVersion(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        return update(app, request, text);
    }
}
