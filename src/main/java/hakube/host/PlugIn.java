package hakube.host;

import hakube.config.Cidr;
import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Answers of upstream's plug-ins, {@code /{plug-in}/info}. No container of them runs here, so none has a version, and the
 * cluster does what some of them are for.
 */
public sealed interface PlugIn {

    /** The command line and the relay for multicast: nothing is there. */
    record Absent(
            String version,
            @JsonbNillable @JsonbProperty("version_latest") String versionLatest,
            @JsonbProperty("update_available") boolean updateAvailable)
            implements PlugIn {

        Absent() {
            this(null, null, false);
        }
    }

    /** @param host the Supervisor's own address. */
    record Observer(
            String host,
            String version,
            @JsonbNillable @JsonbProperty("version_latest") String versionLatest,
            @JsonbProperty("update_available") boolean updateAvailable)
            implements PlugIn {

        Observer(String host) {
            this(host, null, null, false);
        }
    }

    /**
     * The cluster's DNS.
     *
     * @param host the first resolver of the Supervisor's pod
     * @param servers what a user has set: nothing
     * @param locals all resolvers of the Supervisor's pod, {@code dns://10.43.0.10}
     */
    record Dns(
            String version,
            @JsonbNillable @JsonbProperty("version_latest") String versionLatest,
            @JsonbProperty("update_available") boolean updateAvailable,
            String host,
            List<String> servers,
            List<String> locals,
            boolean mdns,
            boolean llmnr,
            boolean fallback)
            implements PlugIn {

        static Dns of(Resolver resolver) {
            return new Dns(
                    null,
                    null,
                    false,
                    resolver.first().orElse(OwnAddress.NONE),
                    List.of(),
                    resolver.nameservers().stream()
                            .map(server -> "dns://" + Cidr.text(server))
                            .toList(),
                    false,
                    false,
                    false);
        }
    }

    /** @param host the Supervisor's own address. */
    record Audio(
            String version,
            @JsonbNillable @JsonbProperty("version_latest") String versionLatest,
            @JsonbProperty("update_available") boolean updateAvailable,
            String host,
            Sound audio)
            implements PlugIn {

        Audio(String host) {
            this(null, null, false, host, Sound.NONE);
        }
    }

    /** Sound cards and streams; no pod has any. */
    record Sound(List<Object> card, List<Object> input, List<Object> output, List<Object> application) {
        static final Sound NONE = new Sound(List.of(), List.of(), List.of(), List.of());
    }
}
