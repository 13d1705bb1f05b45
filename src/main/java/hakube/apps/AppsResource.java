package hakube.apps;

import hakube.access.CallerContext;
import hakube.api.Body;
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

/** {@code /addons}: installed apps, by the word of v1. */
@Path("/addons")
@Produces(MediaType.APPLICATION_JSON)
public class AppsResource {

    private final Apps apps;
    private final AppViews views;

    @Inject
    AppsResource(Apps apps, AppViews views) {
        this.apps = apps;
        this.views = views;
    }

    @GET
    public Envelope list() {
        return Envelope.ok(Map.of("addons", views.list()));
    }

    @POST
    @Path("{app}/start")
    public Envelope start(@PathParam("app") String app, @Context ContainerRequestContext request) {
        apps.start(views.installed(app, CallerContext.of(request)).slug());
        return Envelope.ok();
    }

    @POST
    @Path("{app}/stop")
    public Envelope stop(@PathParam("app") String app, @Context ContainerRequestContext request) {
        apps.stop(views.installed(app, CallerContext.of(request)).slug());
        return Envelope.ok();
    }

    @POST
    @Path("{app}/restart")
    public Envelope restart(@PathParam("app") String app, @Context ContainerRequestContext request) {
        apps.restart(views.installed(app, CallerContext.of(request)).slug());
        return Envelope.ok();
    }

    @POST
    @Path("{app}/uninstall")
    public Envelope uninstall(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        String slug = views.installed(app, CallerContext.of(request)).slug();
        Body body = Body.of(text);
        boolean removeConfig = body.lenientBool("remove_config").orElse(false);
        body.check();
        apps.uninstall(slug, removeConfig);
        return Envelope.ok();
    }
}
