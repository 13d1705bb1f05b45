package hakube.apps;

import hakube.config.Settings;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import hakube.state.State;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Gathers what an app's objects take from their surroundings; from settings, state and watches, no call. */
@Singleton
final class Sites {

    private static final String SUPERVISOR = "supervisor";
    private static final String REGISTRIES = "supervisor-registries";

    private final Settings settings;
    private final Cluster cluster;
    private final State state;

    @Inject
    Sites(Settings settings, Cluster cluster, State state) {
        this.settings = settings;
        this.cluster = cluster;
        this.state = state;
    }

    Site now() {
        Settings.ClusterAccess access = settings.cluster();
        return new Site(
                cluster.namespace(),
                access.domain(),
                settings.claim().name(),
                settings.claim().allowReadWriteOnce()
                        ? Optional.of(settings.supervisor().name() + "-0")
                        : Optional.empty(),
                access.serviceName().equals(SUPERVISOR) ? Optional.empty() : clusterIp(access.serviceName()),
                access.nodeArch(),
                state.options().timezone(),
                cluster.watched(Kind.SECRET).find(REGISTRIES).isPresent(),
                settings.apps());
    }

    private Optional<String> clusterIp(String service) {
        return cluster.watched(Kind.SERVICE)
                .find(service)
                .map(found -> found.getSpec().getClusterIP())
                .filter(address -> !address.equals("None"));
    }
}
