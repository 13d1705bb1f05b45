package hakube.host;

import hakube.kubernetes.Cluster;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/** The address that this process has towards the cluster: in a pod, the pod's. */
@Singleton
public final class OwnAddress {

    /** For clients that take nothing but an IPv4 address (aiohasupervisor 0.8.1) where there is none. */
    static final String NONE = "0.0.0.0";

    private static final int ANY_PORT = 9;

    private final Cluster cluster;
    private volatile Optional<InetAddress> known = Optional.empty();

    @Inject
    OwnAddress(Cluster cluster) {
        this.cluster = cluster;
    }

    /** IPv4, since clients take nothing else; {@code 0.0.0.0} where there is none. */
    public String ipv4() {
        return address()
                .filter(Inet4Address.class::isInstance)
                .map(InetAddress::getHostAddress)
                .orElse(NONE);
    }

    /** Of either family, empty without a way to the cluster. Asked until it is known, no packet is sent. */
    Optional<InetAddress> address() {
        if (known.isEmpty()) {
            known = ask();
        }
        return known;
    }

    private Optional<InetAddress> ask() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(URI.create(cluster.address()).getHost(), ANY_PORT));
            return Optional.of(socket.getLocalAddress()).filter(own -> !own.isAnyLocalAddress());
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreachable) {
            return Optional.empty();
        }
    }
}
