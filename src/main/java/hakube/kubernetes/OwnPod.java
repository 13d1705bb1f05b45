package hakube.kubernetes;

import hakube.config.Settings;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The pod that this process runs in; outside of a cluster there is none. */
@Singleton
public final class OwnPod {

    private static final String CONTAINER = "supervisor";

    private final Cluster cluster;
    private final String name;
    private final boolean isInCluster;

    @Inject
    public OwnPod(Cluster cluster, Settings settings) {
        this.cluster = cluster;
        this.name = settings.supervisor().name() + "-0";
        this.isInCluster = settings.cluster().kubeconfig().isEmpty();
    }

    /** Whether this process runs in a pod. */
    public boolean isInCluster() {
        return isInCluster;
    }

    /** Its name: that of the first pod of the StatefulSet. */
    public String name() {
        return name;
    }

    /** The pod, asked of the cluster itself, since it is not among what is watched. Fails as {@link Cluster} does. */
    public Optional<V1Pod> read() {
        return isInCluster ? cluster.read(Kind.POD, name) : Optional.empty();
    }

    /** The container of this process: the one that is called so, else the first. */
    public static String container(V1Pod pod) {
        List<String> names =
                pod.getSpec().getContainers().stream().map(V1Container::getName).toList();
        return names.contains(CONTAINER) ? CONTAINER : names.getFirst();
    }
}
