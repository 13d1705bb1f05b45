package hakube.catalogue;

import hakube.access.CallerContext;
import hakube.api.Envelope;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/** What has an old name below {@code /addons} besides the one below {@code /store/addons} and its twin in version 2. */
public abstract class OfferedAppResource {

    private final Documents documents;
    private final Installation installation;
    private final Update update;

    OfferedAppResource(Documents documents, Installation installation, Update update) {
        this.documents = documents;
        this.installation = installation;
        this.update = update;
    }

    @POST
    @Path("{app}/install")
    public Envelope install(@PathParam("app") String app, String text) {
        return installation.run(app, text);
    }

    @POST
    @Path("{app}/update")
    public Envelope update(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        return update.run(app, CallerContext.of(request), text);
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
