package hakube.apps;

import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.registries.PullSecret;
import hakube.state.State;
import hakube.storage.OneNode;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Gathers what an app's objects take from their surroundings; from settings, state and watches; for writes only. */
@Singleton
final class Sites {

    private static final String SUPERVISOR = "supervisor";

    private final Settings settings;
    private final Cluster cluster;
    private final State state;
    private final OneNode oneNode;

    @Inject
    Sites(Settings settings, Cluster cluster, State state, OneNode oneNode) {
        this.settings = settings;
        this.cluster = cluster;
        this.state = state;
        this.oneNode = oneNode;
    }

    Site now() {
        Settings.ClusterAccess access = settings.cluster();
        return new Site(
                cluster.namespace(),
                access.domain(),
                settings.claim().name(),
                oneNode.supervisorPod(),
                access.serviceName().equals(SUPERVISOR) ? Optional.empty() : clusterIp(access.serviceName()),
                access.nodeArch(),
                state.options().timezone(),
                PullSecret.nameIn(cluster),
                settings.apps());
    }

    private Optional<String> clusterIp(String service) {
        return cluster.watched(Kind.SERVICE)
                .find(service)
                .map(found -> found.getSpec().getClusterIP())
                .filter(address -> !address.equals("None"));
    }
}
