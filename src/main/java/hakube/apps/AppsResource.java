package hakube.apps;

import hakube.access.CallerContext;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Body;
import hakube.api.Envelope;
import hakube.logs.Logs;
import hakube.logs.LogsResource;
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

/** {@code /addons}: installed apps, by the word of v1 (upstream {@code supervisor/api/addons.py}, 2026-08). */
@Path("/addons")
@Produces(MediaType.APPLICATION_JSON)
public class AppsResource {

    /** Where the server keeps the address of the other side. */
    private static final String PEER = "io.helidon.jaxrs.remote-host";

    private final Apps apps;
    private final AppViews views;
    private final AppControls controls;
    private final AppProcess process;
    private final AppReturn returning;
    private final AppRebuild rebuild;
    private final Logs logs;
    private final ApiVersion version;

    @Inject
    AppsResource(
            Apps apps,
            AppViews views,
            AppControls controls,
            AppProcess process,
            AppReturn returning,
            AppRebuild rebuild,
            Logs logs) {
        this(apps, views, controls, process, returning, rebuild, logs, ApiVersion.V1);
    }

    AppsResource(
            Apps apps,
            AppViews views,
            AppControls controls,
            AppProcess process,
            AppReturn returning,
            AppRebuild rebuild,
            Logs logs,
            ApiVersion version) {
        this.apps = apps;
        this.views = views;
        this.controls = controls;
        this.process = process;
        this.returning = returning;
        this.rebuild = rebuild;
        this.logs = logs;
        this.version = version;
    }

    @GET
    public Envelope list() {
        return Envelope.ok(Map.of(version.apps(), views.list(version)));
    }

    @GET
    @Path("{app}/info")
    public Envelope info(@PathParam("app") String app, @Context ContainerRequestContext request) {
        String peer = request.getProperty(PEER) instanceof String known ? known : "";
        return Envelope.ok(views.info(app, CallerContext.of(request), peer, version));
    }

    @POST
    @Path("{app}/start")
    public Envelope start(@PathParam("app") String app, @Context ContainerRequestContext request) {
        apps.start(installed(app, request).slug());
        return Envelope.ok();
    }

    @POST
    @Path("{app}/stop")
    public Envelope stop(@PathParam("app") String app, @Context ContainerRequestContext request) {
        apps.stop(installed(app, request).slug());
        return Envelope.ok();
    }

    @POST
    @Path("{app}/restart")
    public Envelope restart(@PathParam("app") String app, @Context ContainerRequestContext request) {
        apps.restart(installed(app, request).slug());
        return Envelope.ok();
    }

    @POST
    @Path("{app}/rebuild")
    public Envelope rebuild(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        rebuild.request(installed(app, request), text);
        return Envelope.ok();
    }

    @POST
    @Path("{app}/uninstall")
    public Envelope uninstall(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        String slug = installed(app, request).slug();
        Body body = Body.of(text);
        boolean removeConfig = body.lenientBool("remove_config").orElse(false);
        body.check();
        apps.uninstall(slug, removeConfig);
        return Envelope.ok();
    }

    @POST
    @Path("{app}/options")
    public Envelope options(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        controls.options(installed(app, request), text);
        return Envelope.ok();
    }

    @POST
    @Path("{app}/sys_options")
    public Envelope systemOptions(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        controls.systemOptions(installed(app, request), text);
        return Envelope.ok();
    }

    @POST
    @Path("{app}/options/validate")
    public Envelope validate(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        return Envelope.ok(controls.validate(installed(app, request), text));
    }

    @GET
    @Path("{app}/options/config")
    public Envelope config(@PathParam("app") String app, @Context ContainerRequestContext request) {
        if (!app.equals(AppSelf.WORD)) {
            throw new ApiFailure.Forbidden("This can be only read by the app itself!");
        }
        return Envelope.ok(controls.config(installed(app, request)));
    }

    @POST
    @Path("{app}/security")
    public Envelope security(@PathParam("app") String app, @Context ContainerRequestContext request, String text) {
        controls.security(installed(app, request), text);
        return Envelope.ok();
    }

    @GET
    @Path("{app}/stats")
    public Envelope stats(@PathParam("app") String app, @Context ContainerRequestContext request) {
        return Envelope.ok(process.stats(installed(app, request)));
    }

    @POST
    @Path("{app}/stdin")
    public Envelope stdin(@PathParam("app") String app, @Context ContainerRequestContext request, byte[] bytes) {
        process.write(installed(app, request), bytes);
        return Envelope.ok();
    }

    /** Extension. */
    @GET
    @Path("{app}/revisions")
    public Envelope revisions(@PathParam("app") String app, @Context ContainerRequestContext request) {
        return Envelope.ok(AppReturn.list(installed(app, request)));
    }

    /** Extension. */
    @POST
    @Path("{app}/revisions/{revision}")
    public Envelope returnTo(
            @PathParam("app") String app,
            @PathParam("revision") String revision,
            @Context ContainerRequestContext request,
            String text) {
        return returning
                .request(installed(app, request), CallerContext.of(request), revision, text)
                .map(job -> Envelope.ok(Map.of("job_id", job)))
                .orElseGet(Envelope::ok);
    }

    @Path("{app}/logs")
    public LogsResource logs(@PathParam("app") String app, @Context ContainerRequestContext request) {
        return new LogsResource(logs, () -> AppLog.of(installed(app, request).slug()));
    }

    private InstalledApp installed(String app, ContainerRequestContext request) {
        return views.installed(app, CallerContext.of(request));
    }
}
