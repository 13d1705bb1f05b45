package hakube.supervisor;

import hakube.kubernetes.Cluster;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.URI;

/** The address that this process has towards the cluster: in a pod, the pod's. */
@Singleton
final class OwnAddress {

    private static final String NONE = "0.0.0.0";
    private static final int ANY_PORT = 9;

    private final Cluster cluster;
    private volatile String known = NONE;

    @Inject
    OwnAddress(Cluster cluster) {
        this.cluster = cluster;
    }

    /** IPv4, since clients take nothing else; {@code 0.0.0.0} where there is none. Asked once, no packet is sent. */
    String ipv4() {
        if (known.equals(NONE)) {
            known = ask();
        }
        return known;
    }

    private String ask() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(URI.create(cluster.address()).getHost(), ANY_PORT));
            return socket.getLocalAddress() instanceof Inet4Address own ? own.getHostAddress() : NONE;
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreachable) {
            return NONE;
        }
    }
}
