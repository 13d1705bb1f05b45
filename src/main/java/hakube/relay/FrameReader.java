package hakube.relay;

import java.io.EOFException;
import java.io.IOException;

/** Reads a side's frames one by one, with their content (RFC 6455, 5.2); {@link Frames} judges them. One thread reads. */
final class FrameReader {

    private static final int SOME = 1024;
    private static final int OPCODE = 0xf;
    private static final int MASK = 4;

    private final Octets.Source source;
    private final boolean isMasked;
    private final Frames frames;
    private final byte[] buffer = new byte[SOME];
    private final byte[] head = new byte[Frames.HEAD];
    private int position;
    private int limit;
    private int maskAt;
    private int masked;
    private long left;
    /** Whether anything came since it was last set to false. */
    private volatile boolean hasHeard;

    /**
     * @param isMasked whether a client sends them
     * @param largest octets of a message
     */
    FrameReader(Octets.Source source, boolean isMasked, long largest) {
        this.source = source;
        this.isMasked = isMasked;
        this.frames = new Frames(isMasked, largest);
    }

    /**
     * Reads the head of the next frame; the content of the one before was read.
     *
     * @throws Frames.Fault it must not be taken
     * @throws EOFException the side has gone
     */
    void next() throws IOException {
        fill(head, 0, 2);
        int length = Frames.length(head[1]);
        fill(head, 2, length);
        frames.pass(head, 0, length);
        frames.check();
        left = Frames.size(head, 0);
        maskAt = length - MASK;
        masked = 0;
    }

    /** Its first octet, as it goes out again. */
    int first() {
        return head[0] & 0xff;
    }

    int opcode() {
        return head[0] & OPCODE;
    }

    /** Whether it is the last one of a message. */
    boolean isFinal() {
        return head[0] < 0;
    }

    /** Octets of its content that are still to be read. */
    long left() {
        return left;
    }

    /** Reads what comes next of the content, without its mask; at least one octet, or -1 at the end of the frame. */
    int read(byte[] into, int offset, int room) throws IOException {
        if (left == 0 || room == 0) {
            return left == 0 ? -1 : 0;
        }
        int count = some(into, offset, (int) Math.min(room, left));
        frames.pass(into, offset, offset + count);
        left -= count;
        if (isMasked) {
            for (int i = offset; i < offset + count; i++) {
                into[i] ^= head[maskAt + (masked++ & MASK - 1)];
            }
        }
        return count;
    }

    /** The whole content of a control frame. */
    byte[] content() throws IOException {
        byte[] content = new byte[(int) left];
        int at = 0;
        while (at < content.length) {
            at += read(content, at, content.length - at);
        }
        return content;
    }

    boolean hasHeard() {
        return hasHeard;
    }

    void forget() {
        hasHeard = false;
    }

    private void fill(byte[] into, int from, int to) throws IOException {
        int at = from;
        while (at < to) {
            at += some(into, at, to - at);
        }
    }

    private int some(byte[] into, int offset, int length) throws IOException {
        if (position == limit) {
            boolean isLarge = length >= SOME;
            int count = isLarge ? source.read(into, offset, length) : source.read(buffer, 0, SOME);
            if (count < 0) {
                throw new EOFException("a side of the WebSocket has gone");
            }
            hasHeard = true;
            if (isLarge) {
                return count;
            }
            position = 0;
            limit = count;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(buffer, position, into, offset, count);
        position += count;
        return count;
    }
}
