package hakube.host;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;

/**
 * Answer of {@code /host/info}; every key is required by clients (aiohasupervisor 0.6 to 0.11), and what a cluster does not
 * tell is {@code null}. A host name would bring a form to change it.
 *
 * @param diskFree of the shared claim, in GB
 * @param features what can be done with the host: nothing; without {@code mount} the frontend offers no network storage
 * @param operatingSystem Kubernetes with its version
 */
public record HostInfo(
        @JsonbNillable @JsonbProperty("agent_version") String agentVersion,
        @JsonbNillable @JsonbProperty("apparmor_version") String apparmorVersion,
        String chassis,
        String virtualization,
        String cpe,
        String deployment,
        @JsonbProperty("disk_free") double diskFree,
        @JsonbProperty("disk_total") double diskTotal,
        @JsonbProperty("disk_used") double diskUsed,
        @JsonbNillable @JsonbProperty("disk_life_time") Double diskLifeTime,
        List<String> features,
        String hostname,
        @JsonbNillable @JsonbProperty("llmnr_hostname") String llmnrHostname,
        String kernel,
        @JsonbProperty("operating_system") String operatingSystem,
        String timezone,
        @JsonbNillable @JsonbProperty("dt_utc") String utc,
        @JsonbNillable @JsonbProperty("dt_synchronized") Boolean isSynchronized,
        @JsonbNillable @JsonbProperty("use_ntp") Boolean usesNtp,
        @JsonbNillable @JsonbProperty("startup_time") Double startupTime,
        @JsonbNillable @JsonbProperty("boot_timestamp") Long bootTimestamp,
        @JsonbNillable @JsonbProperty("broadcast_llmnr") Boolean broadcastsLlmnr,
        @JsonbNillable @JsonbProperty("broadcast_mdns") Boolean broadcastsMdns) {

    static HostInfo of(Space space, String operatingSystem) {
        return new HostInfo(
                null,
                null,
                null,
                null,
                null,
                null,
                Space.gigabytes(space.free()),
                Space.gigabytes(space.total()),
                Space.gigabytes(space.used()),
                null,
                List.of(),
                null,
                null,
                null,
                operatingSystem,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
