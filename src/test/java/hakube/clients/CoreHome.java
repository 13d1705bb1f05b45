package hakube.clients;

import hakube.testing.FreePort;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The home of a real Home Assistant Core, with the Supervisor and the apps beside it.
 *
 * @param version of Core, empty for the newest
 * @param configuration of Core; {@code %1$s} stands for its address, {@code %2$d} for its port
 * @param port of Core
 * @param isShared whether Core's home is the one on the claim, where the Supervisor adds its section before Core's first start
 * @param isRecorded whether what Core asks is written down on its way; a recorder lets no WebSocket through
 * @param settings environment of the Supervisor beside what every test gives it
 * @param apps names and manifests of local apps, which are installed and started
 */
record CoreHome(
        Optional<String> version,
        String configuration,
        int port,
        boolean isShared,
        boolean isRecorded,
        Map<String, String> settings,
        Map<String, String> apps) {

    private static final String PLAIN = """
            homeassistant:
              name: Test Home
              country: NL
              time_zone: Europe/Amsterdam
            logger:
              default: info
            """;
    private static final String HTTP = """
            http:
              server_host: %1$s
              server_port: %2$d
              use_x_forwarded_for: true
              trusted_proxies:
                - 127.0.0.0/8
            """;

    CoreHome {
        settings = Map.copyOf(settings);
        apps = Map.copyOf(apps);
    }

    /** Its Core has run before without a word about HTTP; it listens where it is told by its environment. */
    static CoreHome existing() throws IOException {
        return new CoreHome(Optional.empty(), PLAIN, FreePort.find(), false, true, Map.of(), Map.of());
    }

    /** A new one that Core finds as the Supervisor has prepared it; Core takes its port at all addresses of this machine. */
    static CoreHome fresh() {
        return new CoreHome(Optional.empty(), PLAIN, 8123, true, true, Map.of(), Map.of());
    }

    /** One whose Core listens at its pod's address. */
    static CoreHome plain() {
        return new CoreHome(Optional.empty(), PLAIN + HTTP, 8123, false, true, Map.of(), Map.of());
    }

    /** One of a Core that reads its section at each start. */
    static CoreHome older(String version) {
        return new CoreHome(
                Optional.of(version),
                PLAIN + HTTP,
                8123,
                false,
                true,
                Map.of("SUPERVISOR_CORE_VERSION", version),
                Map.of());
    }

    /** The same, but Core asks the Supervisor without a recorder between them. */
    CoreHome unrecorded() {
        return new CoreHome(version, configuration, port, isShared, false, settings, apps);
    }

    /** The same, but Core keeps a history, in its database. */
    CoreHome withHistory() {
        return new CoreHome(version, configuration + "recorder:\n", port, isShared, isRecorded, settings, apps);
    }

    /**
     * With one more local app.
     *
     * @param more lines of its manifest
     */
    CoreHome with(String app, String more) {
        Map<String, String> all = new HashMap<>(apps);
        all.put(app, """
                name: %1$s
                version: "1.0"
                slug: %1$s
                description: An app
                arch: [amd64, aarch64]
                image: localhost/hakube/busybox
                init: false
                boot: manual
                %2$s
                """.formatted(app, more));
        return new CoreHome(version, configuration, port, isShared, isRecorded, settings, all);
    }

    /** With one more variable in the Supervisor's environment. */
    CoreHome withSetting(String name, String value) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(name, value);
        return new CoreHome(version, configuration, port, isShared, isRecorded, all, apps);
    }
}
