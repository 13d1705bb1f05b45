package hakube.config;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * An address with the length of its network's prefix. Two are equal when they are the same, whatever the spelling.
 *
 * @param prefix bits
 */
public record Cidr(InetAddress address, int prefix) {

    /**
     * Reads {@code 10.42.0.0/16}; an address alone is a network of its own.
     *
     * @throws IllegalArgumentException it is none
     */
    public static Cidr of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int prefix = slash < 0 ? bits(address) : Integer.parseInt(text.substring(slash + 1));
        if (prefix < 0 || prefix > bits(address)) {
            throw new IllegalArgumentException(text + " has a prefix that is not in 0 to " + bits(address));
        }
        return new Cidr(address, prefix);
    }

    /** The network of that address alone. */
    public static Cidr of(InetAddress address) {
        return new Cidr(address, bits(address));
    }

    public boolean isIpv4() {
        return address instanceof Inet4Address;
    }

    /** {@code 10.42.0.17/24}. */
    public String text() {
        return text(address) + "/" + prefix;
    }

    /** The network that it is in, {@code 10.42.0.0/24}: clients refuse bits of the host there. */
    public Cidr network() {
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

    /** Whether that address is in its network. */
    public boolean contains(InetAddress other) {
        return bits(other) == bits(address) && new Cidr(other, prefix).network().equals(network());
    }

    /** Without the interface that Java appends to some addresses. */
    public static String text(InetAddress address) {
        return address.getHostAddress().replaceAll("%.*", "");
    }

    private static int bits(InetAddress address) {
        return address.getAddress().length * Byte.SIZE;
    }
}
