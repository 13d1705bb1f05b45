package hakube.resolution;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /resolution} (upstream {@code supervisor/api/resolution.py}, 2026-08). */
@Path("/resolution")
@Produces(MediaType.APPLICATION_JSON)
public class ResolutionResource {

    private final ResolutionControls controls;
    private final Naming naming;

    @Inject
    ResolutionResource(ResolutionControls controls) {
        this(controls, Naming.LEGACY);
    }

    ResolutionResource(ResolutionControls controls, Naming naming) {
        this.controls = controls;
        this.naming = naming;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(controls.info(naming));
    }

    @POST
    @Path("suggestion/{suggestion}")
    public Envelope apply(@PathParam("suggestion") String suggestion) {
        controls.apply(suggestion);
        return Envelope.ok();
    }

    @DELETE
    @Path("suggestion/{suggestion}")
    public Envelope dismissSuggestion(@PathParam("suggestion") String suggestion) {
        controls.dismissSuggestion(suggestion);
        return Envelope.ok();
    }

    @GET
    @Path("issue/{issue}/suggestions")
    public Envelope suggestions(@PathParam("issue") String issue) {
        return Envelope.ok(controls.suggestionsFor(issue));
    }

    @DELETE
    @Path("issue/{issue}")
    public Envelope dismissIssue(@PathParam("issue") String issue) {
        controls.dismissIssue(issue);
        return Envelope.ok();
    }

    @POST
    @Path("healthcheck")
    public Envelope healthCheck() {
        controls.healthCheck();
        return Envelope.ok();
    }

    @POST
    @Path("check/{check}/options")
    public Envelope checkOptions(@PathParam("check") String check, String body) {
        controls.checkOptions(check, body, naming);
        return Envelope.ok();
    }

    @POST
    @Path("check/{check}/run")
    public Envelope runCheck(@PathParam("check") String check) {
        controls.runCheck(check, naming);
        return Envelope.ok();
    }
}
