package hakube.apps;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Logger;

/** Scalar options of an old image, as environment. Pure, but for the log. */
final class LegacyOptions {

    private static final Logger LOG = Logger.getLogger(LegacyOptions.class.getName());

    private LegacyOptions() {}

    /** Others are not passed on, which is logged. */
    static Map<String, String> of(InstalledApp app, Map<String, Object> options) {
        Map<String, String> variables = new LinkedHashMap<>();
        if (app.manifest().run().legacy()) {
            options.forEach((name, value) -> {
                if (AppRequirements.isEnvironmentName(name)) {
                    switch (value) {
                        case String text -> variables.put(name, text);
                        case Boolean flag -> variables.put(name, flag ? "True" : "False");
                        case Number number -> variables.put(name, number.toString());
                        case null, default -> LOG.warning(() -> "Option " + name + " is no scalar, not passed on");
                    }
                }
            });
        }
        return variables;
    }
}
