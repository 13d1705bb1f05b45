package hakube.apps;

import hakube.api.ApiVersion;
import hakube.logs.Logs;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code /v2/apps}: {@link AppsResource} in version 2 of the API, which says app and nothing of {@code advanced}. */
@Typed(AppsV2Resource.class)
@Path("/v2/apps")
@Produces(MediaType.APPLICATION_JSON)
public class AppsV2Resource extends AppsResource {

    @Inject
    AppsV2Resource(
            Apps apps,
            AppViews views,
            AppControls controls,
            AppProcess process,
            AppReturn returning,
            AppRebuild rebuild,
            Logs logs) {
        super(apps, views, controls, process, returning, rebuild, logs, ApiVersion.V2);
    }
}
