package hakube.storage;

import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Affinity;
import io.kubernetes.client.openapi.models.V1LabelSelector;
import io.kubernetes.client.openapi.models.V1PodAffinity;
import io.kubernetes.client.openapi.models.V1PodAffinityTerm;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Logger;

/**
 * A ReadWriteOnce claim is on one node at a time: whatever mounts it runs beside the Supervisor's pod. A Supervisor outside of
 * the cluster has no pod, and a pod beside none would never be scheduled.
 */
@Singleton
public final class OneNode {

    private static final Logger LOG = Logger.getLogger(OneNode.class.getName());

    private final Settings settings;
    private final Cluster cluster;
    private final AtomicBoolean told = new AtomicBoolean();

    @Inject
    public OneNode(Settings settings, Cluster cluster) {
        this.settings = settings;
        this.cluster = cluster;
    }

    /**
     * The pod beside which pods must run; empty: anywhere. Asks the cluster itself where the claim may be ReadWriteOnce,
     * since the Supervisor's pod is not among what is watched; so it is for writes only.
     */
    public Optional<String> supervisorPod() {
        if (!settings.claim().allowReadWriteOnce()) {
            return Optional.empty();
        }
        String pod = settings.supervisor().name() + "-0";
        if (cluster.read(Kind.POD, pod).isPresent()) {
            told.set(false);
            return Optional.of(pod);
        }
        if (!told.getAndSet(true)) {
            LOG.warning(() -> "SUPERVISOR_K8S_ALLOW_RWO is set, but there is no pod " + pod + " in namespace "
                    + cluster.namespace()
                    + ": pods are bound to no node, and the claim must let them run where they come");
        }
        return Optional.empty();
    }

    /** Binds a pod to the node of another. Pure. */
    public static V1Affinity beside(String pod) {
        return new V1Affinity()
                .podAffinity(new V1PodAffinity()
                        .requiredDuringSchedulingIgnoredDuringExecution(List.of(new V1PodAffinityTerm()
                                .topologyKey("kubernetes.io/hostname")
                                .labelSelector(new V1LabelSelector()
                                        .matchLabels(Map.of("statefulset.kubernetes.io/pod-name", pod))))));
    }
}
