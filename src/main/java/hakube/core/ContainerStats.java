package hakube.core;

import hakube.kubernetes.Cluster;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Answer of {@code /core/stats} and {@code /addons/{app}/stats}; zeros for what a cluster does not tell.
 *
 * @param cpuPercent of one core
 * @param memoryUsage bytes
 * @param memoryLimit bytes, 0 without a limit
 * @param memoryPercent of the limit
 */
public record ContainerStats(
        @JsonbProperty("cpu_percent") double cpuPercent,
        @JsonbProperty("memory_usage") long memoryUsage,
        @JsonbProperty("memory_limit") long memoryLimit,
        @JsonbProperty("memory_percent") double memoryPercent,
        @JsonbProperty("network_rx") long networkRx,
        @JsonbProperty("network_tx") long networkTx,
        @JsonbProperty("blk_read") long blkRead,
        @JsonbProperty("blk_write") long blkWrite) {

    private static final double HUNDRED = 100;

    /**
     * @param container the main one, whose limit counts; side-cars are in the usage too
     * @param usage empty when the cluster has no metrics
     */
    public static ContainerStats of(V1Pod pod, String container, Optional<Cluster.Usage> usage) {
        double cpu = usage.map(Cluster.Usage::cpuCores).orElse(0.0) * HUNDRED;
        long memory = usage.map(Cluster.Usage::memoryBytes).orElse(0L);
        long limit = limit(pod, container);
        double percent = limit == 0 ? 0 : memory * HUNDRED / limit;
        return new ContainerStats(rounded(cpu), memory, limit, rounded(percent), 0, 0, 0, 0);
    }

    private static double rounded(double percent) {
        return Math.round(percent * HUNDRED) / HUNDRED;
    }

    private static long limit(V1Pod pod, String name) {
        return pod.getSpec().getContainers().stream()
                .filter(container -> container.getName().equals(name))
                .filter(container -> container.getResources() != null
                        && container.getResources().getLimits() != null)
                .map(container -> container.getResources().getLimits())
                .map((Map<String, Quantity> limits) -> limits.get("memory"))
                .filter(Objects::nonNull)
                .mapToLong(memory -> memory.getNumber().longValue())
                .findFirst()
                .orElse(0);
    }
}
