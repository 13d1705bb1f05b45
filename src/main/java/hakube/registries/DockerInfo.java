package hakube.registries;

import jakarta.json.bind.annotation.JsonbNillable;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Map;

/**
 * Answer of {@code /docker/info}. There is no Docker engine: what runs containers here is the cluster.
 *
 * @param version of the API server, such as {@code v1.34.4}
 * @param enableIpv6 always {@code null}: the pod network is not ours
 * @param mtu always {@code null}, too
 * @param storage always {@code kubernetes}
 * @param logging always {@code kubernetes}
 * @param registries user by registry
 */
public record DockerInfo(
        String version,
        @JsonbNillable @JsonbProperty("enable_ipv6") Boolean enableIpv6,
        Integer mtu,
        String storage,
        String logging,
        Map<String, User> registries) {

    private static final String CLUSTER = "kubernetes";

    static DockerInfo of(String version, Map<String, User> registries) {
        return new DockerInfo(version, null, null, CLUSTER, CLUSTER, registries);
    }

    /** Who logs in to a registry; the password is never told. */
    public record User(String username) {}
}
