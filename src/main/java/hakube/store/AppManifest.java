package hakube.store;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an app says of itself: a validated {@code config.yaml}, every default filled in.
 *
 * @param version also the tag of the image
 * @param arch in the order of the file; may be empty, then nothing supports it
 * @param machine empty: every machine; entries may start with {@code !}
 * @param homeassistant lowest version of Core
 * @param folders by type, one entry each
 * @param options default options, with {@code null} where the user must fill in; null values, so not {@code Map.of}
 * @param schema types of the options by name; empty when the manifest says {@code schema: false}
 * @param values the whole validated manifest with upstream's keys, what {@code apps.json} keeps of an installed app;
 *     {@link ManifestReader#read(Map)} makes an equal record of it
 */
public record AppManifest(
        String slug,
        String name,
        String version,
        String description,
        List<String> arch,
        List<String> machine,
        Optional<String> url,
        Optional<String> homeassistant,
        Stage stage,
        List<String> breakingVersions,
        Run run,
        Network network,
        Web web,
        Rights rights,
        Hardware hardware,
        Access access,
        Map<FolderType, Folder> folders,
        BackupRules backup,
        Map<String, Object> options,
        Optional<Map<String, Object>> schema,
        Map<String, Object> values) {

    public AppManifest {
        arch = List.copyOf(arch);
        machine = List.copyOf(machine);
        breakingVersions = List.copyOf(breakingVersions);
        folders = Collections.unmodifiableMap(new LinkedHashMap<>(folders));
        options = Collections.unmodifiableMap(options);
        schema = schema.map(Collections::unmodifiableMap);
        values = Collections.unmodifiableMap(values);
    }

    /** How ripe it is; never blocks anything. */
    public enum Stage {
        STABLE,
        EXPERIMENTAL,
        DEPRECATED
    }

    /** The phase of a boot in which it starts; {@code ONCE} belongs to none. */
    public enum Startup {
        INITIALIZE,
        SYSTEM,
        SERVICES,
        APPLICATION,
        ONCE
    }

    /** Whether it starts at a boot; the user cannot change {@code MANUAL_ONLY}. */
    public enum Boot {
        AUTO,
        MANUAL,
        MANUAL_ONLY
    }

    /**
     * The process.
     *
     * @param image without tag, {@code {arch}} not yet replaced; empty: to be built locally
     * @param init run under a small init as process 1
     * @param timeout grace at stop, 10 s to 300 s
     * @param tmpfs {@code /tmp} in memory
     * @param stdin the API may write to its standard input
     * @param legacy scalar options are also passed as environment
     */
    public record Run(
            Optional<String> image,
            Startup startup,
            Boot boot,
            boolean init,
            Duration timeout,
            boolean tmpfs,
            boolean stdin,
            boolean legacy,
            Map<String, String> environment,
            Map<String, Ulimit> ulimits) {

        public Run {
            environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
            ulimits = Collections.unmodifiableMap(new LinkedHashMap<>(ulimits));
        }
    }

    /** Both the same when the manifest gives one number. */
    public record Ulimit(long soft, long hard) {}

    /**
     * What it listens on.
     *
     * @param ports container port with protocol as written ({@code 80/tcp}, or {@code 80} for tcp) to the port outside,
     *     {@code null} when it is not published by default
     * @param descriptions by the same keys
     * @param hostNetwork wants the network of the node
     */
    public record Network(Map<String, Integer> ports, Map<String, String> descriptions, boolean hostNetwork) {

        public Network {
            ports = Collections.unmodifiableMap(new LinkedHashMap<>(ports));
            descriptions = Collections.unmodifiableMap(new LinkedHashMap<>(descriptions));
        }
    }

    /**
     * What a browser sees of it.
     *
     * @param ingressPort 0: the Supervisor chooses one of 62000 to 65500
     * @param ingressStream bodies of POST requests are streamed, not buffered
     * @param panelTitle empty: its name
     * @param webui with the placeholders {@code [HOST]}, {@code [PORT:n]}, {@code [PROTO:option]}
     * @param watchdog address that the watchdog asks, with the same placeholders
     */
    public record Web(
            boolean ingress,
            int ingressPort,
            Optional<String> ingressEntry,
            boolean ingressStream,
            String panelIcon,
            Optional<String> panelTitle,
            boolean panelAdmin,
            Optional<String> webui,
            Optional<String> watchdog) {}

    /**
     * What it wants of the node and its kernel.
     *
     * @param privileged capabilities without {@code CAP_}
     */
    public record Rights(
            boolean hostPid,
            boolean hostIpc,
            boolean hostUts,
            boolean hostDbus,
            boolean fullAccess,
            boolean dockerApi,
            boolean apparmor,
            Set<String> privileged) {

        public Rights {
            privileged = Collections.unmodifiableSet(new LinkedHashSet<>(privileged));
        }
    }

    /** What hardware it wants. */
    public record Hardware(
            List<String> devices,
            boolean uart,
            boolean usb,
            boolean gpio,
            boolean video,
            boolean audio,
            boolean udev,
            boolean devicetree,
            boolean kernelModules,
            boolean realtime,
            boolean journald) {

        public Hardware {
            devices = List.copyOf(devices);
        }
    }

    /**
     * What it may ask of the Supervisor and of Core.
     *
     * @param hassioRole {@code default homeassistant backup manager admin}
     * @param services {@code mqtt} or {@code mysql} to {@code provide}, {@code want} or {@code need}
     * @param discovery names that it may announce
     */
    public record Access(
            boolean hassioApi,
            String hassioRole,
            boolean homeassistantApi,
            boolean authApi,
            Map<String, String> services,
            List<String> discovery) {

        public Access {
            services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
            discovery = List.copyOf(discovery);
        }
    }

    /**
     * One mounted folder.
     *
     * @param readOnly without meaning for {@link FolderType#DATA}, which is always writable
     * @param path place in the container; empty: {@link FolderType#place()}
     */
    public record Folder(FolderType type, boolean readOnly, Optional<String> path) {

        /** Where it is mounted. */
        public String place() {
            return path.orElse(type.place());
        }
    }

    /**
     * How it is backed up.
     *
     * @param cold stopped meanwhile; {@code pre} and {@code post} are ignored then
     * @param pre command in the container before the copy
     * @param post command in the container after the copy
     * @param exclude glob patterns
     */
    public record BackupRules(boolean cold, Optional<String> pre, Optional<String> post, List<String> exclude) {

        public BackupRules {
            exclude = List.copyOf(exclude);
        }
    }
}
