package hakube.backups;

import hakube.access.CallerContext;
import hakube.api.ApiFailure;
import hakube.api.Body;
import hakube.api.Envelope;
import hakube.archive.Password;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** What a restore would come to, {@code /backups/{slug}/restore/preview}. Extension: upstream has no such route. */
@Path("/backups/{slug}/restore/preview")
@Produces(MediaType.APPLICATION_JSON)
public class RestorePreviewResource {

    private final Backups backups;
    private final RestoreScout scout;

    @Inject
    RestorePreviewResource(Backups backups, RestoreScout scout) {
        this.backups = backups;
        this.scout = scout;
    }

    @POST
    public Envelope preview(@Context ContainerRequestContext request, @PathParam("slug") String slug, String text) {
        Backup backup = backups.find(slug);
        Body body = Body.ofSecrets(text);
        Optional<Password> password = body.nullableText("password").flatMap(Password::of);
        boolean namesPlace = body.has("location");
        Optional<String> name = body.nullableText("location");
        body.check();
        BackupLocation location = namesPlace
                ? BackupLocation.named(name.orElse(""))
                        .orElseThrow(() -> new ApiFailure.BadRequest(
                                "Backup " + slug + " does not exist in " + name.orElse("None")))
                : backup.location();
        LocationRequest.requireMay(CallerContext.of(request), location);
        return Envelope.ok(scout.look(backup, location, password).answer());
    }
}
