package hakube.catalogue;

import hakube.api.Envelope;
import hakube.store.Store;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Old names of store routes below {@code /addons}; version 1 only. */
@Path("/addons")
@Produces(MediaType.APPLICATION_JSON)
public class StoreAliasResource {

    private final Store store;
    private final Documents documents;
    private final Installation installation;

    @Inject
    StoreAliasResource(Store store, Documents documents, Installation installation) {
        this.store = store;
        this.documents = documents;
        this.installation = installation;
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        store.reload();
        return Envelope.ok();
    }

    @POST
    @Path("{app}/install")
    public Envelope install(@PathParam("app") String app, String text) {
        return installation.run(app, text);
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
