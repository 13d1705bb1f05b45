package hakube.host;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address with the length of its network's prefix.
 *
 * @param prefix bits
 */
record Cidr(InetAddress address, int prefix) {

    boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** {@code 10.42.0.17/24}. */
    String text() {
        return text(address) + "/" + prefix;
    }

    /** The network that it is in, {@code 10.42.0.0/24}: clients refuse bits of the host there. */
    Cidr network() {
        byte[] bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) {
            bytes[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
        }
        try {
            return new Cidr(InetAddress.getByAddress(bytes), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The length of an address does not change", e);
        }
    }

    /** Without the interface that Java appends to some addresses. */
    static String text(InetAddress address) {
        return address.getHostAddress().replaceAll("%.*", "");
    }
}
