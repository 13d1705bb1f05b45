package hakube.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Octets with their percent escapes undone, once or until none is left, in linear time. What is no escape stays as it is. */
public record Percent(byte[] octets) {

    /** Undone once, as the routes will do it. */
    static Percent once(String raw) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int octet = in[i] == '%' && i + 2 < in.length ? octet(in[i + 1], in[i + 2]) : -1;
            out[length++] = octet < 0 ? in[i] : (byte) octet;
            i += octet < 0 ? 0 : 2;
        }
        return new Percent(Arrays.copyOf(out, length));
    }

    /**
     * Undone until nothing changes. Escapes never overlap, so the order does not matter, and one pass is enough when each octet that
     * comes out is looked at together with the two before it.
     */
    public static Percent undone(String raw) {
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (byte next : in) {
            out[length++] = next;
            while (length >= 3 && out[length - 3] == '%') {
                int octet = octet(out[length - 2], out[length - 1]);
                if (octet < 0) {
                    break;
                }
                length -= 2;
                out[length - 1] = (byte) octet;
            }
        }
        return new Percent(Arrays.copyOf(out, length));
    }

    /** As UTF-8; what is none becomes the replacement character. */
    public String text() {
        return new String(octets, StandardCharsets.UTF_8);
    }

    /** An octet of value 0, at which C programs stop reading. */
    boolean hasZero() {
        for (byte octet : octets) {
            if (octet == 0) {
                return true;
            }
        }
        return false;
    }

    /** A sign below 0x20, or 0x7F. */
    boolean hasControl() {
        for (byte octet : octets) {
            if (octet >= 0 && octet < 0x20 || octet == 0x7f) {
                return true;
            }
        }
        return false;
    }

    /** A character in more octets than it needs: forbidden by UTF-8, and read as a slash or a dot by careless programs. */
    boolean isOverlong() {
        for (int i = 0; i + 1 < octets.length; i++) {
            int next = octets[i + 1] & 0xff;
            boolean isLong =
                    switch (octets[i] & 0xff) {
                        case 0xc0, 0xc1 -> next >= 0x80 && next < 0xc0;
                        case 0xe0 -> next >= 0x80 && next < 0xa0;
                        case 0xf0 -> next >= 0x80 && next < 0x90;
                        default -> false;
                    };
            if (isLong) {
                return true;
            }
        }
        return false;
    }

    /** How often an octet is there. */
    int count(char wanted) {
        int count = 0;
        for (byte octet : octets) {
            count += octet == wanted ? 1 : 0;
        }
        return count;
    }

    private static int octet(byte high, byte low) {
        int first = Character.digit(high, 16);
        int second = Character.digit(low, 16);
        return first < 0 || second < 0 ? -1 : first * 16 + second;
    }
}
