package hakube.relay;

/** Puts a chunk's frame around what lies in a buffer (RFC 9112, 7.1); the size always has four digits. */
final class Chunks {

    /** Octets before the content. */
    static final int HEAD = 6;

    /** Octets before and after it. */
    static final int FRAME = HEAD + 2;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private Chunks() {}

    /** What ends a body. */
    static byte[] last() {
        return new byte[] {'0', '\r', '\n', '\r', '\n'};
    }

    /**
     * Frames the content that begins {@link #HEAD} octets behind {@code at}.
     *
     * @param count its octets, less than 65536
     * @return octets of the whole chunk
     */
    static int frame(byte[] buffer, int at, int count) {
        for (int digit = 0; digit < 4; digit++) {
            buffer[at + digit] = DIGITS[count >> 4 * (3 - digit) & 0xf];
        }
        buffer[at + 4] = '\r';
        buffer[at + 5] = '\n';
        buffer[at + HEAD + count] = '\r';
        buffer[at + HEAD + count + 1] = '\n';
        return count + FRAME;
    }
}
