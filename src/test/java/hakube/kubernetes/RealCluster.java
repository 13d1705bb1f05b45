package hakube.kubernetes;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.testing.Space;
import java.nio.file.Path;
import java.time.Duration;

/** The port to the real control plane, as the ServiceAccount of {@code k8s/base}. */
public final class RealCluster implements AutoCloseable {

    private static final Path SHARE = Path.of("/data");
    private static final Duration FIRST_LISTS = Duration.ofSeconds(30);

    private final Settings settings;
    private final KubernetesCluster cluster;

    private RealCluster(Settings settings, Duration watchTime) {
        this.settings = settings;
        this.cluster = new KubernetesCluster(settings, watchTime);
    }

    /** Not connected yet, nothing watched. */
    public static RealCluster of(Space space) {
        return of(space, space.supervisorKubeconfig());
    }

    /** As {@link #of(Space)}, by another way or as somebody else. */
    public static RealCluster of(Space space, Path kubeconfig) {
        return of(space, kubeconfig, Watches.WATCH_TIME);
    }

    /** As {@link #of(Space)}, in a namespace that is no test's own. */
    public static RealCluster at(Path kubeconfig, String namespace) {
        return new RealCluster(TestSettings.of(SHARE, namespace, kubeconfig), Watches.WATCH_TIME);
    }

    /** @param watchTime how long a watch lasts before it is begun anew */
    public static RealCluster of(Space space, Path kubeconfig, Duration watchTime) {
        return new RealCluster(TestSettings.of(SHARE, space.name(), kubeconfig), watchTime);
    }

    /** The same with all watches begun. */
    public RealCluster watching() {
        cluster.startWatches(FIRST_LISTS);
        return this;
    }

    public Cluster port() {
        return cluster;
    }

    public Settings settings() {
        return settings;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
