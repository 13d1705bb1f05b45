package hakube.git;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;

/**
 * Which addresses one fetch may reach. A person may have a git server at home, so an address in a private network is good where
 * the repository names it; but a server out there cannot lead the Supervisor into that network, and nobody can lead it to
 * link-local addresses, where clouds answer with credentials. This process's own addresses are for who writes them plainly.
 *
 * <p>Whoever connects by the name afterwards gets the same addresses: the Java run-time keeps them for 30 s.
 */
final class Hops {

    private enum Reach {
        PUBLIC("public"),
        PRIVATE("in a private network"),
        LOOPBACK("the Supervisor's own"),
        NEVER("link-local, or of a cloud's metadata");

        private final String words;

        Reach(String words) {
            this.words = words;
        }
    }

    /** Metadata of clouds beside those that are link-local. */
    private static final Set<InetAddress> METADATA = Set.of(
            InetAddress.ofLiteral("fd00:ec2::254"),
            InetAddress.ofLiteral("100.100.100.200"),
            InetAddress.ofLiteral("168.63.129.16"));

    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** How far the address of the repository itself goes; null before the first hop. */
    private Reach farthest;

    /**
     * To be asked before each connection.
     *
     * @return an address of the host
     * @throws Refused that host is not asked
     */
    InetAddress admit(String host) throws IOException {
        InetAddress[] addresses = resolve(host);
        for (InetAddress address : addresses) {
            Reach reach = reach(address);
            boolean isGood = farthest == null
                    ? reach.compareTo(Reach.LOOPBACK) < 0 || (reach == Reach.LOOPBACK && isPlain(host))
                    : reach != Reach.NEVER && reach.compareTo(farthest) <= 0;
            if (!isGood) {
                throw new Refused("the address " + address.getHostAddress() + " of " + host + " is " + reach.words
                        + (farthest == null ? "" : ", the repository's own is " + farthest.words)
                        + ": it is not asked");
            }
        }
        if (farthest == null) {
            farthest = Arrays.stream(addresses)
                    .map(Hops::reach)
                    .max(Reach::compareTo)
                    .orElseThrow();
        }
        return addresses[0];
    }

    private static InetAddress[] resolve(String host) throws IOException {
        try {
            return InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("nobody knows the host " + host, e);
        }
    }

    /** A name of somebody else's may lead here as well. */
    private static boolean isPlain(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            InetAddress.ofLiteral(host);
            return true;
        } catch (IllegalArgumentException name) {
            return false;
        }
    }

    private static Reach reach(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 16 && Arrays.equals(bytes, 0, NAT64.length, NAT64, 0, NAT64.length)) {
            return reach(four(bytes));
        }
        if (address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || METADATA.contains(address)) {
            return Reach.NEVER;
        }
        if (address.isLoopbackAddress()) {
            return Reach.LOOPBACK;
        }
        return address.isSiteLocalAddress() || isLocal(address, bytes) ? Reach.PRIVATE : Reach.PUBLIC;
    }

    private static InetAddress four(byte[] six) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(six, NAT64.length, six.length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Unique local addresses of IPv6, and those that providers share (100.64.0.0/10). */
    private static boolean isLocal(InetAddress address, byte[] bytes) {
        return address instanceof Inet6Address
                ? (bytes[0] & 0xfe) == 0xfc
                : (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    }
}
