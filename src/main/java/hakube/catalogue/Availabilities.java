package hakube.catalogue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.store.StoreApp;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** Whether an app fits this machine. */
@Singleton
final class Availabilities {

    private final String arch;

    @Inject
    Availabilities(Settings settings) {
        this.arch = settings.cluster().architecture();
    }

    /** The architecture whose image is taken, upstream's word. */
    String arch(StoreApp app) {
        require(app);
        return arch;
    }

    boolean fits(StoreApp app) {
        return app.manifest().arch().contains(arch);
    }

    /** @throws ApiFailure.BadRequest {@code addon_not_supported_architecture_error} */
    void require(StoreApp app) {
        if (!fits(app)) {
            String supported = String.join(", ", app.manifest().arch());
            throw new ApiFailure.BadRequest(
                    "App " + app.slug() + " not supported on this platform, supported architectures: " + supported,
                    "addon_not_supported_architecture_error",
                    Map.of("slug", app.slug(), "architectures", supported));
        }
    }
}
