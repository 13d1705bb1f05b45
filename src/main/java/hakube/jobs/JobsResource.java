package hakube.jobs;

import hakube.api.Envelope;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /jobs} (upstream {@code supervisor/api/jobs.py}, 2026-08). */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {

    private final JobsControls controls;

    @Inject
    JobsResource(JobsControls controls) {
        this.controls = controls;
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(controls.info());
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        controls.options(body);
        return Envelope.ok();
    }

    @POST
    @Path("reset")
    public Envelope reset() {
        controls.reset();
        return Envelope.ok();
    }

    @GET
    @Path("{uuid}")
    public Envelope job(@PathParam("uuid") String uuid) {
        return Envelope.ok(controls.job(uuid));
    }

    @DELETE
    @Path("{uuid}")
    public Envelope remove(@PathParam("uuid") String uuid) {
        controls.remove(uuid);
        return Envelope.ok();
    }
}
