package hakube.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.Config;

/** Hands the settings to whichever room lists them in its constructor. */
@Singleton
final class SettingsBean {

    @Produces
    @Singleton
    Settings settings(Config config) {
        return switch (Configuration.read(config)) {
            case Configuration.Read read -> read.settings();
            case Configuration.Faulty faulty -> throw new IllegalStateException(faulty.message());
        };
    }
}
