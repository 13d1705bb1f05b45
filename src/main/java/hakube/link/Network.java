package hakube.link;

import java.net.InetAddress;
import java.util.List;

/**
 * A network as CIDRs write it, whatever the spelling.
 *
 * @param bytes of its first address
 * @param prefix bits
 */
record Network(List<Byte> bytes, int prefix) {

    /** @throws IllegalArgumentException it is none */
    static Network of(String cidr) {
        int slash = cidr.indexOf('/');
        List<Byte> bytes = bytes(InetAddress.ofLiteral(slash < 0 ? cidr : cidr.substring(0, slash)));
        return new Network(bytes, slash < 0 ? bytes.size() * 8 : Integer.parseInt(cidr.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        List<Byte> other = bytes(address);
        if (other.size() != bytes.size()) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((other.get(bit / 8) ^ bytes.get(bit / 8)) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Byte> bytes(InetAddress address) {
        byte[] raw = address.getAddress();
        Byte[] boxed = new Byte[raw.length];
        for (int i = 0; i < raw.length; i++) {
            boxed[i] = raw[i];
        }
        return List.of(boxed);
    }
}
