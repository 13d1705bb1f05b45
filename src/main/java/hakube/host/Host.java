package hakube.host;

import hakube.kubernetes.Cluster;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What is told of the host: the shared claim's size, and which Kubernetes it is. */
@Singleton
final class Host {

    private final Cluster cluster;
    private final ShareSpace space;

    @Inject
    Host(Cluster cluster, ShareSpace space) {
        this.cluster = cluster;
        this.space = space;
    }

    /** What {@code /host/info} answers; no call. */
    HostInfo info() {
        String version = cluster.knownVersion().map(Cluster.ServerVersion::text).orElse("unknown");
        return HostInfo.of(space.now(), "Kubernetes " + version);
    }

    /** Asks the API server anew which version it is, since it may have been upgraded; fails as {@link Cluster} does. */
    void reload() {
        cluster.version();
    }
}
