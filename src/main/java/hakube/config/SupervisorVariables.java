package hakube.config;

import hakube.config.Rule.Refusal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The process itself. */
final class SupervisorVariables {

    static final Setting<String> RUNTIME = Setting.of(
                    "SUPERVISOR_RUNTIME", new Rule<>("`kubernetes`", SupervisorVariables::runtime))
            .or("kubernetes")
            .effect("Selects the runtime; only the Kubernetes runtime is built.");

    static final Setting<String> NAME = Setting.of("SUPERVISOR_NAME", Names.LABEL)
            .or("supervisor")
            .effect("Name of the Supervisor's own StatefulSet, by which it finds itself.");

    static final Setting<Path> SHARE = Setting.of("SUPERVISOR_SHARE", Amounts.FOLDER)
            .or("/data")
            .effect("Where the shared claim is mounted in the Supervisor's pod.");

    static final Setting<String> MACHINE = Setting.of("SUPERVISOR_MACHINE", Names.MACHINE)
            .example("generic-x86-64")
            .effect("The machine that `/info` reports, and a part of the name of Core's image.");

    static final Setting<String> LOG_LEVEL = Setting.of(
                    "SUPERVISOR_LOG_LEVEL", Rule.oneOf("debug", "info", "warning", "error", "critical"))
            .or("info")
            .example("debug")
            .effect("What is logged until `/supervisor/options` says otherwise.");

    static final Setting<URI> CONNECTIVITY_URL = Setting.of("SUPERVISOR_CONNECTIVITY_URL", Networks.URL)
            .or("https://checkonline.home-assistant.io/online.txt")
            .emptyTurnsOff()
            .effect("Asked to find out whether there is internet; empty: nothing is asked.");

    static final Setting<URI> PWNED_URL = Setting.of("SUPERVISOR_PWNED_URL", Networks.URL)
            .or("https://api.pwnedpasswords.com/range/")
            .emptyTurnsOff()
            .effect("Asked whether a password is known to be stolen, with five characters of its hash appended; empty: "
                    + "nothing is asked.");

    static final Setting<Integer> SERVER_PORT =
            Setting.of("SERVER_PORT", Rule.port(0)).or("80").example("8080").effect("Port of the Supervisor API.");

    static final Setting<Integer> MANAGEMENT_PORT =
            Setting.of("MANAGEMENT_PORT", Rule.port(0)).or("9090").effect("Port of health, metrics and OpenAPI.");

    static final List<Setting<?>> ALL = List.of(
            RUNTIME, NAME, SHARE, MACHINE, LOG_LEVEL, CONNECTIVITY_URL, PWNED_URL, SERVER_PORT, MANAGEMENT_PORT);

    private SupervisorVariables() {}

    static Settings.Supervisor of(Values values) {
        return new Settings.Supervisor(
                values.get(NAME),
                values.get(SHARE),
                values.get(MACHINE),
                values.get(LOG_LEVEL),
                values.find(CONNECTIVITY_URL),
                values.find(PWNED_URL));
    }

    private static String runtime(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "kubernetes" -> "kubernetes";
            case "docker" -> throw new Refusal("only the Kubernetes runtime is built here, Docker is not");
            default -> throw new Refusal("no runtime of that name");
        };
    }
}
