package hakube.relay;

/** Puts a chunk's frame around what lies in a buffer (RFC 9112, 7.1); the size always has four digits. */
final class Chunks {

    /** Octets before the content. */
    static final int HEAD = 6;

    /** Octets before and after it. */
    static final int FRAME = HEAD + 2;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    /** Digits of a chunk that is looked at in memory. */
    private static final int LONGEST_SIZE = 6;

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

    /** Whether that is a whole body in chunks, and nothing else: neither extensions nor trailers, which are not passed on. */
    static boolean isWhole(byte[] bytes, int from, int to) {
        int at = from;
        int size = 1;
        while (size > 0) {
            int end = at;
            size = 0;
            while (end < to && end - at < LONGEST_SIZE && Character.digit(bytes[end], 16) >= 0) {
                size = size * 16 + Character.digit(bytes[end], 16);
                end++;
            }
            if (end == at || !endsLine(bytes, end, to)) {
                return false;
            }
            at = end + 2 + size;
            if (!endsLine(bytes, at, to)) {
                return false;
            }
            at += 2;
        }
        return at == to;
    }

    private static boolean endsLine(byte[] bytes, int at, int to) {
        return at + 1 < to && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }
}
