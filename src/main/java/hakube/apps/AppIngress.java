package hakube.apps;

import hakube.kubernetes.Cluster;
import hakube.kubernetes.Kind;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Secret;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
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
    private volatile Known known = new Known(-1, -1, Map.of(), Map.of());

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
     * @param relayToken what the relay at that address asks for; empty where the app itself is there
     * @param streams whether it takes bodies of any length (manifest {@code ingress_stream})
     */
    public record Door(String app, Optional<InetSocketAddress> address, Optional<String> relayToken, boolean streams) {

        /** Without the token. */
        @Override
        public String toString() {
            return "Door[" + app + "]";
        }
    }

    private record Known(long pods, long secrets, Object of, Map<String, Door> doors) {}

    /** Empty for a token of no installed app with ingress. */
    public Optional<Door> behind(String token) {
        return Optional.ofNullable(doors().get(token));
    }

    private Map<String, Door> doors() {
        long pods = cluster.watched(Kind.POD).revision();
        long secrets = cluster.watched(Kind.SECRET).revision();
        Object installed = apps.state();
        Known now = known;
        if (now.pods() != pods || now.secrets() != secrets || now.of() != installed) {
            Map<String, Door> doors = new HashMap<>();
            apps.all().stream()
                    .filter(app -> app.manifest().web().ingress())
                    .forEach(app -> doors.put(app.user().ingressToken(), door(app)));
            now = new Known(pods, secrets, installed, doors);
            known = now;
        }
        return now.doors();
    }

    private Door door(InstalledApp app) {
        Optional<V1Pod> pod = AppStates.current(board.pods(app.slug())).filter(AppIngress::runs);
        Optional<Integer> relay = pod.flatMap(AppRelay::portOf);
        Optional<Integer> port = relay.or(() -> ports.known(app));
        Optional<InetSocketAddress> address = pod.flatMap(PodAddress::of)
                .flatMap(literal -> port.map(one -> new InetSocketAddress(InetAddress.ofLiteral(literal), one)));
        return new Door(
                app.slug(),
                address,
                relay.flatMap(_ -> token(app)),
                app.manifest().web().ingressStream());
    }

    private Optional<String> token(InstalledApp app) {
        return cluster.watched(Kind.SECRET)
                .find(AppWorkload.secretName(app.slug()))
                .map(V1Secret::getData)
                .map(data -> data.get(AppRelay.TOKEN))
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean runs(V1Pod pod) {
        return pod.getStatus() != null && RUNNING.equals(pod.getStatus().getPhase());
    }
}
