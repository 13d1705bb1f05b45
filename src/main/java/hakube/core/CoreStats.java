package hakube.core;

import hakube.kubernetes.Cluster;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Optional;

/**
 * Answer of {@code /core/stats}; zeros for what a cluster does not tell.
 *
 * @param cpuPercent of one core
 * @param memoryUsage bytes
 */
public record CoreStats(
        @JsonbProperty("cpu_percent") double cpuPercent,
        @JsonbProperty("memory_usage") long memoryUsage,
        @JsonbProperty("memory_limit") long memoryLimit,
        @JsonbProperty("memory_percent") double memoryPercent,
        @JsonbProperty("network_rx") long networkRx,
        @JsonbProperty("network_tx") long networkTx,
        @JsonbProperty("blk_read") long blkRead,
        @JsonbProperty("blk_write") long blkWrite) {

    static CoreStats of(Optional<Cluster.Usage> usage) {
        double percent = usage.map(known -> Math.round(known.cpuCores() * 10_000) / 100.0)
                .orElse(0.0);
        return new CoreStats(percent, usage.map(Cluster.Usage::memoryBytes).orElse(0L), 0, 0, 0, 0, 0, 0);
    }
}
