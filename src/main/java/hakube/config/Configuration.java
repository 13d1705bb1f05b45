package hakube.config;

import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** What reading the configuration came to. */
public sealed interface Configuration {

    /**
     * Everything is there.
     *
     * @param serverPort of the API, 0 for any free one
     * @param managementPort of health, metrics and OpenAPI, 0 for any free one
     * @param warnings sentences about what was accepted but looks wrong
     */
    record Read(Settings settings, int serverPort, int managementPort, List<String> warnings)
            implements Configuration {}

    /** Something is missing or malformed; these are all faults, not only the first. */
    record Faulty(List<Fault> faults) implements Configuration {

        /** See {@link Fault#message}. */
        public String message() {
            return Fault.message(faults);
        }
    }

    /**
     * Reads all settings from wherever MicroProfile Config looks for them. Files that settings name are looked at; the
     * cluster is not.
     */
    static Configuration ofProcess() {
        return read(ConfigProvider.getConfig());
    }

    /** As {@link #ofProcess}, from these sources, each of which may have a setting by its property name. */
    static Configuration read(Config config) {
        return Reading.read(config, Surroundings.ofProcess());
    }
}
