package hakube.auth;

import hakube.access.Caller;
import hakube.access.CallerContext;
import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /auth} (upstream {@code supervisor/api/auth.py}, 2026-08). */
@Path("/auth")
@Produces(MediaType.APPLICATION_JSON)
public class AuthResource {

    private final Logins logins;

    @Inject
    AuthResource(Logins logins) {
        this.logins = logins;
    }

    @GET
    public Envelope get(@Context ContainerRequestContext request) throws IOException {
        return check(request);
    }

    @POST
    public Envelope post(@Context ContainerRequestContext request) throws IOException {
        return check(request);
    }

    @POST
    @Path("reset")
    public Envelope reset(String text) {
        Body body = Body.ofSecrets(text);
        Optional<String> username = body.require("username").text("username");
        Optional<String> password = body.require("password").text("password");
        body.check();
        logins.resetPassword(new Credentials(username.orElseThrow(), password.orElseThrow()));
        return Envelope.ok();
    }

    @DELETE
    @Path("cache")
    public Envelope forget() {
        logins.forgetAll();
        return Envelope.ok();
    }

    @GET
    @Path("list")
    public Envelope list() {
        return Envelope.ok(
                Map.of("users", logins.users().stream().map(AuthResource::item).toList()));
    }

    private Envelope check(ContainerRequestContext request) throws IOException {
        if (!(CallerContext.of(request) instanceof Caller.App app) || !app.authApi()) {
            throw new ApiFailure.Forbidden("Can't use Home Assistant auth!");
        }
        LoginRequest login = LoginRequest.of(
                Optional.ofNullable(request.getHeaderString(HttpHeaders.AUTHORIZATION)),
                Optional.ofNullable(request.getHeaderString(HttpHeaders.CONTENT_TYPE)),
                request.getEntityStream());
        switch (login) {
            case LoginRequest.Unreadable ignored -> throw refusal(true);
            case LoginRequest.Asked asked -> {
                if (!logins.isGood(app.slug(), asked.credentials())) {
                    throw refusal(asked.isBasic());
                }
            }
        }
        return Envelope.ok();
    }

    /** A plain 401. @param withChallenge names the basic way */
    private static NotAuthorizedException refusal(boolean withChallenge) {
        Response.ResponseBuilder answer = Response.status(Response.Status.UNAUTHORIZED);
        return new NotAuthorizedException(
                (withChallenge ? answer.header(HttpHeaders.WWW_AUTHENTICATE, LoginRequest.CHALLENGE) : answer).build());
    }

    private static Map<String, Object> item(CoreUser user) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("username", user.username().orElse(null));
        item.put("name", user.name().orElse(null));
        item.put("is_owner", user.isOwner());
        item.put("is_active", user.isActive());
        item.put("local_only", user.isLocalOnly());
        item.put("group_ids", user.groupIds());
        return item;
    }
}
