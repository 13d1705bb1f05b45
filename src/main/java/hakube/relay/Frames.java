package hakube.relay;

import java.io.IOException;

/**
 * Watches the frames of one direction pass (RFC 6455, 5.2), without taking them apart: where they end, whether they are what they should
 * be, and how long messages become. Contents are never looked at, and never kept.
 */
final class Frames {

    static final int PROTOCOL_ERROR = 1002;
    static final int TOO_BIG = 1009;
    static final int TRY_LATER = 1013;

    /** The longest head. */
    static final int HEAD = 14;

    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int BINARY = 2;
    private static final int LARGEST_CONTROL = 125;
    private static final int TWO_OCTETS = 126;
    private static final int EIGHT_OCTETS = 127;
    private static final int MASK = 4;

    private final boolean isMasked;
    private final long largest;
    private long left;
    private long message;
    private boolean isInMessage;
    private boolean isClosing;
    /** Null as long as all is well. */
    private Fault fault;

    /**
     * @param isMasked whether a client sends them
     * @param largest octets of a message
     */
    Frames(boolean isMasked, long largest) {
        this.isMasked = isMasked;
        this.largest = largest;
    }

    /** What must not pass; the code tells both sides why. */
    static final class Fault extends IOException {

        private static final long serialVersionUID = 1;

        private final int code;

        Fault(int code, String message) {
            super(message);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    /** Whether a close frame was the last one. */
    boolean areOver() {
        return isClosing && left == 0;
    }

    /** Whether another frame could be put here. */
    boolean isBetween() {
        return left == 0;
    }

    /** @throws Fault when what follows what has passed must not */
    void check() throws Fault {
        if (fault != null) {
            throw fault;
        }
    }

    /**
     * Looks at what comes next.
     *
     * @return up to where it may pass: what is left is the beginning of a head, to be shown again with more; or must not pass; or follows
     *     the last frame
     */
    int pass(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && !areOver() && fault == null) {
            if (left > 0) {
                long some = Math.min(left, to - at);
                left -= some;
                at += (int) some;
            } else {
                int head = to - at < 2 ? HEAD : length(bytes[at + 1]);
                if (to - at < head) {
                    return at;
                }
                if (!begins(bytes, at)) {
                    return at;
                }
                at += head;
            }
        }
        return at;
    }

    /** Octets of the head whose second octet that is. */
    static int length(byte second) {
        int size = second & 0x7f;
        int more = size == TWO_OCTETS ? 2 : size == EIGHT_OCTETS ? 8 : 0;
        return 2 + more + (second < 0 ? MASK : 0);
    }

    private boolean begins(byte[] bytes, int at) {
        int first = bytes[at] & 0xff;
        int opcode = first & 0xf;
        boolean isFinal = first >= 0x80;
        long size = size(bytes, at);
        if ((first & 0x70) != 0 || bytes[at + 1] < 0 != isMasked || size < 0) {
            fault = new Fault(PROTOCOL_ERROR, "a frame that is none");
        } else if (opcode >= CLOSE) {
            control(opcode, isFinal, size);
        } else {
            data(opcode, isFinal, size);
        }
        left = fault == null ? size : 0;
        return fault == null;
    }

    private void control(int opcode, boolean isFinal, long size) {
        if (opcode > PONG || !isFinal || size > LARGEST_CONTROL) {
            fault = new Fault(PROTOCOL_ERROR, "a control frame that is none");
        } else {
            isClosing = opcode == CLOSE;
        }
    }

    private void data(int opcode, boolean isFinal, long size) {
        boolean continues = opcode == 0;
        long before = continues ? message : 0;
        if (opcode > BINARY || continues != isInMessage) {
            fault = new Fault(PROTOCOL_ERROR, "a frame at the wrong place");
        } else if (size > largest - before) {
            fault = new Fault(TOO_BIG, "a message of more than " + largest + " octets");
        }
        message = before + size;
        isInMessage = !isFinal;
    }

    /** Negative for what is too large to be one. */
    static long size(byte[] bytes, int at) {
        int size = bytes[at + 1] & 0x7f;
        if (size < TWO_OCTETS) {
            return size;
        }
        long value = 0;
        int octets = size == TWO_OCTETS ? 2 : 8;
        for (int i = 0; i < octets; i++) {
            value = value << 8 | bytes[at + 2 + i] & 0xff;
        }
        return value;
    }
}
