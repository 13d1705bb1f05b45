package hakube;

import hakube.config.Configuration;
import hakube.config.LogLevel;
import hakube.supervisor.OwnVersion;
import hakube.supervisor.Startup;
import io.helidon.logging.common.LogConfig;
import io.helidon.microprofile.server.Server;
import io.helidon.microprofile.server.ServerCdiExtension;
import jakarta.enterprise.inject.spi.CDI;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Starts the process.
 *
 * <p>Exit codes: 0 after SIGTERM, 64 (EX_USAGE) for an unknown argument, 78 (EX_CONFIG) when the configuration has faults, 1 for
 * every other failure to start.
 */
public final class Main {

    private static final int FAILED = 1;
    private static final int MISUSED = 64;
    private static final int MISCONFIGURED = 78;

    private Main() {}

    public static void main(String[] arguments) throws IOException {
        LogConfig.configureRuntime();
        switch (String.join(" ", arguments)) {
            case "" -> start();
            case Rehearsal.WORD -> {
                Rehearsal rehearsal = new Rehearsal();
                rehearsal.finish(start());
                System.exit(0);
            }
            case String other ->
                exit(
                        MISUSED,
                        "Unknown arguments: %s. Allowed: none, or %s, which is a start without a cluster that ends by itself. Settings belong into the environment; see docs/configuration.md."
                                .formatted(other, Rehearsal.WORD));
        }
    }

    /** @return the API's port */
    private static int start() {
        try {
            return switch (Configuration.ofProcess()) {
                case Configuration.Faulty faulty -> exit(MISCONFIGURED, faulty.message());
                case Configuration.Read read -> start(read);
            };
        } catch (IllegalStateException e) {
            return exit(MISCONFIGURED, e.getMessage());
        }
    }

    private static int start(Configuration.Read configuration) {
        LogLevel.of(configuration.settings().supervisor().logLevel()).apply();
        Logger log = System.getLogger(Main.class.getName());
        log.log(Level.INFO, "hakube {0}, Supervisor API {1}", OwnVersion.TEXT, OwnVersion.CONTRACT);
        configuration.warnings().forEach(warning -> log.log(Level.WARNING, warning));
        // Helidon reads both by itself, but takes an empty or padded value for another one than we do.
        System.setProperty("server.port", String.valueOf(configuration.serverPort()));
        System.setProperty("management.port", String.valueOf(configuration.managementPort()));
        try {
            Server server = Server.create().start();
            io.helidon.Main.addShutdownHandler(new CleanExit());
            int management = CDI.current()
                    .getBeanManager()
                    .getExtension(ServerCdiExtension.class)
                    .port("management");
            Startup startup = CDI.current().select(Startup.class).get();
            io.helidon.Main.addShutdownHandler(new FirstWord(startup::end));
            log.log(
                    Level.INFO,
                    "The API listens on port {0,number,#}, management on port {1,number,#}",
                    server.port(),
                    management);
            startup.begin();
            return server.port();
        } catch (RuntimeException | Error e) {
            log.log(Level.DEBUG, "The start failed", e);
            return exit(FAILED, StartFailure.sentence(e, configuration.serverPort(), configuration.managementPort()));
        }
    }

    /** Does not return. */
    private static int exit(int code, String message) {
        System.err.println(message);
        System.exit(code);
        return code;
    }
}
