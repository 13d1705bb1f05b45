package hakube.backups;

import hakube.api.ApiVersion;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@link BackupsResource} in version 2 of the API, where backups hold apps. */
@Typed(BackupsV2Resource.class)
@Path("/v2/backups")
@Produces(MediaType.APPLICATION_JSON)
public class BackupsV2Resource extends BackupsResource {

    @Inject
    BackupsV2Resource(
            Backups backups, BackupMaker maker, BackupRestorer restorer, BackupFreeze freeze, BackupUpload uploads) {
        super(backups, maker, restorer, freeze, uploads, ApiVersion.V2);
    }
}
