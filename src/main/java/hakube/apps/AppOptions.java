package hakube.apps;

import hakube.api.ApiFailure;
import hakube.store.PlainValues;
import hakube.store.PythonText;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** An app's options held against its schema, with Core's secrets put in. */
@Singleton
final class AppOptions {

    private static final Logger LOG = Logger.getLogger(AppOptions.class.getName());
    private static final int MOST_TOLD = 5;
    private static final int LONGEST_TOLD = 300;

    private final CoreSecrets secrets;

    @Inject
    AppOptions(CoreSecrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Defaults under the user's, checked and normalised: what the process finds in {@code options.json}.
     *
     * @throws ApiFailure.BadRequest {@code app_configuration_invalid_error}
     */
    Map<String, Object> effective(InstalledApp app) {
        return normalised(app, app.options());
    }

    /**
     * Options as given, without the defaults, checked and normalised.
     *
     * @throws ApiFailure.BadRequest {@code app_configuration_invalid_error}
     */
    Map<String, Object> normalised(InstalledApp app, Object options) {
        return switch (check(app, options)) {
            case CheckedOptions.Fitting fitting -> {
                tellDropped(app, fitting.dropped());
                yield fitting.options();
            }
            case CheckedOptions.Faulty faulty ->
                throw new ApiFailure.BadRequest(
                        "App " + app.slug() + " has invalid options: " + faulty.message(),
                        "app_configuration_invalid_error",
                        Map.of("app", app.slug(), "validation_error", faulty.message()));
        };
    }

    /** What becomes of these options, without the defaults. */
    CheckedOptions check(InstalledApp app, Object options) {
        return OptionSchema.of(app).check(PlainValues.of(options), secrets.now());
    }

    private static void tellDropped(InstalledApp app, List<String> dropped) {
        if (!dropped.isEmpty()) {
            String some =
                    dropped.stream().limit(MOST_TOLD).map(PythonText::repr).collect(Collectors.joining(", "));
            String more = dropped.size() > MOST_TOLD ? " and " + (dropped.size() - MOST_TOLD) + " more" : "";
            LOG.warning(() -> "Options that the schema of app " + app.slug() + " does not know are left out: "
                    + (some.length() > LONGEST_TOLD ? some.substring(0, LONGEST_TOLD) + "..." : some) + more);
        }
    }
}
