package hakube.ports;

import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.resolution.Issues;
import java.time.Duration;

/** The internal address with less patience for its load balancer than a minute. */
public final class ImpatientL4 {

    private ImpatientL4() {}

    public static InternalL4 of(Cluster cluster, Settings settings, Issues issues, Duration patience) {
        return new InternalL4(cluster, settings, new PortRegistry(cluster, settings, issues), issues, patience);
    }

    /** As at the end of the process. */
    public static void stop(InternalL4 l4) {
        l4.stop();
    }
}
