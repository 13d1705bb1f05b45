package hakube.ingress;

import hakube.access.CallerContext;
import hakube.api.Body;
import hakube.api.Envelope;
import hakube.apps.AppPanels;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /ingress}: what Core asks (upstream {@code supervisor/api/ingress.py}, 2026-08). */
@Path("/ingress")
@Produces(MediaType.APPLICATION_JSON)
public class IngressResource {

    private final IngressSessions sessions;
    private final IngressUsers users;
    private final AppPanels panels;

    @Inject
    IngressResource(IngressSessions sessions, IngressUsers users, AppPanels panels) {
        this.sessions = sessions;
        this.users = users;
        this.panels = panels;
    }

    @POST
    @Path("session")
    public Envelope create(@Context ContainerRequestContext request, String text) {
        CallerContext.requireCore(request);
        Body body = Body.of(text);
        Optional<String> user = body.text("user_id");
        body.check();
        return Envelope.ok(Map.of("session", sessions.create(user.flatMap(users::find))));
    }

    @POST
    @Path("validate_session")
    public Envelope validate(@Context ContainerRequestContext request, String text) {
        CallerContext.requireCore(request);
        Body body = Body.of(text);
        Optional<String> session = body.require("session").text("session");
        body.check();
        if (!sessions.use(session.orElseThrow())) {
            throw new NotAuthorizedException(
                    Response.status(Response.Status.UNAUTHORIZED).build());
        }
        return Envelope.ok();
    }

    @GET
    @Path("panels")
    public Envelope panels() {
        Map<String, Object> bySlug = new LinkedHashMap<>();
        panels.all().forEach(panel -> bySlug.put(panel.app(), item(panel)));
        return Envelope.ok(Map.of("panels", bySlug));
    }

    private static Map<String, Object> item(AppPanels.Panel panel) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("title", panel.title());
        item.put("icon", panel.icon());
        item.put("admin", panel.isForAdministrators());
        item.put("enable", panel.isEnabled());
        return item;
    }
}
