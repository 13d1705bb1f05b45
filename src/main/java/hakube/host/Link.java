package hakube.host;

import hakube.config.Cidr;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A network interface of this process.
 *
 * @param mac {@code 02:42:0a:2a:00:11}, empty for one that has none, such as loopback
 * @param addresses without those that only the link itself knows
 */
record Link(String name, String mac, List<Cidr> addresses) {

    /** Where nothing can be found out. */
    static final Link NONE = new Link("none", "", List.of());

    /** The interface with that address; without one, the first that leads out of the machine. */
    static Link of(Optional<InetAddress> own) {
        try {
            NetworkInterface found = own.isPresent() ? NetworkInterface.getByInetAddress(own.get()) : null;
            return found == null ? first() : of(found);
        } catch (SocketException unknown) {
            return NONE;
        }
    }

    /** The addresses of one family. */
    List<Cidr> addresses(boolean isIpv4) {
        return addresses.stream().filter(address -> address.isIpv4() == isIpv4).toList();
    }

    private static Link first() throws SocketException {
        for (NetworkInterface candidate : NetworkInterface.networkInterfaces().toList()) {
            if (candidate.isUp() && !candidate.isLoopback()) {
                return of(candidate);
            }
        }
        return NONE;
    }

    private static Link of(NetworkInterface found) throws SocketException {
        byte[] mac = found.getHardwareAddress();
        return new Link(
                found.getName(),
                mac == null ? "" : HexFormat.ofDelimiter(":").formatHex(mac).toLowerCase(Locale.ROOT),
                found.getInterfaceAddresses().stream()
                        .filter(address -> !address.getAddress().isLinkLocalAddress())
                        .map(Link::cidr)
                        .toList());
    }

    private static Cidr cidr(InterfaceAddress address) {
        return new Cidr(address.getAddress(), address.getNetworkPrefixLength());
    }
}
