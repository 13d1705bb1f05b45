package hakube.apps;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where ingress leads: the app of a token, and the address of its own pod; from memory and the watch alone. */
@Singleton
public final class AppIngress {

    private static final String RUNNING = "Running";

    private final Cluster cluster;
    private final AppsFile apps;
    private final AppBoard board;
    private final IngressPorts ports;
    private volatile Known known = new Known(-1, Map.of(), Map.of());

    @Inject
    AppIngress(Cluster cluster, AppsFile apps, AppBoard board, IngressPorts ports) {
        this.cluster = cluster;
        this.apps = apps;
        this.board = board;
        this.ports = ports;
    }

    /**
     * What is behind a token.
     *
     * @param app full slug
     * @param address of its pod, as long as that runs; a literal one
     * @param streams whether it takes bodies of any length (manifest {@code ingress_stream})
     */
    public record Door(String app, Optional<InetSocketAddress> address, boolean streams) {}

    private record Known(long revision, Object of, Map<String, Door> doors) {}

    /** Empty for a token of no installed app with ingress. */
    public Optional<Door> behind(String token) {
        return Optional.ofNullable(doors().get(token));
    }

    private Map<String, Door> doors() {
        long revision = cluster.watched(Kind.POD).revision();
        Object installed = apps.state();
        Known now = known;
        if (now.revision() != revision || now.of() != installed) {
            Map<String, Door> doors = new HashMap<>();
            apps.all().stream()
                    .filter(app -> app.manifest().web().ingress())
                    .forEach(app -> doors.put(app.user().ingressToken(), door(app)));
            now = new Known(revision, installed, doors);
            known = now;
        }
        return now.doors();
    }

    private Door door(InstalledApp app) {
        Optional<InetSocketAddress> address = AppStates.current(board.pods(app.slug()))
                .filter(AppIngress::runs)
                .flatMap(PodAddress::of)
                .flatMap(literal ->
                        ports.known(app).map(port -> new InetSocketAddress(InetAddress.ofLiteral(literal), port)));
        return new Door(app.slug(), address, app.manifest().web().ingressStream());
    }

    private static boolean runs(V1Pod pod) {
        return pod.getStatus() != null && RUNNING.equals(pod.getStatus().getPhase());
    }
}
