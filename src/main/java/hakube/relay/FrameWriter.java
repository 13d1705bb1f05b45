package hakube.relay;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** Writes frames to a side; several threads write, each a whole message in its turn. After a farewell what is written is dropped. */
final class FrameWriter {

    static final int FINAL = 0x80;
    static final int TEXT = 1;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;

    private static final int MASKED = 0x80;
    private static final int TWO_OCTETS = 126;
    private static final int EIGHT_OCTETS = 127;
    private static final int LARGEST_SHORT = 0xffff;

    private final Octets.Sink sink;
    private final boolean masks;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean isClosed;
    /** What is missing of a frame whose head was written. */
    private long left;

    private volatile long written;

    /** @param masks whether a server is there, which takes masked frames only */
    FrameWriter(Octets.Sink sink, boolean masks) {
        this.sink = sink;
        this.masks = masks;
    }

    /** Takes the turn, for a message. */
    void begin() {
        turn.lock();
    }

    /** Gives it back; may be called by one who does not have it. */
    void end() {
        if (turn.isHeldByCurrentThread()) {
            turn.unlock();
        }
    }

    /** Whether this thread is in the middle of a message. */
    boolean hasTurn() {
        return turn.isHeldByCurrentThread();
    }

    /** Octets so far; if they become more, somebody takes them. */
    long written() {
        return written;
    }

    /** Writes a frame in its own turn. */
    void whole(int first, byte[] content) throws IOException {
        byte[] room = new byte[Frames.HEAD + content.length];
        System.arraycopy(content, 0, room, Frames.HEAD, content.length);
        whole(first, room, content.length);
    }

    /** Writes a frame in its own turn; its content stands behind room for a head. */
    void whole(int first, byte[] room, int length) throws IOException {
        begin();
        try {
            frame(first, room, length, length);
        } finally {
            end();
        }
    }

    /**
     * Begins a frame, in the middle of a turn.
     *
     * @param room for the head, and behind it the beginning of the content
     * @param length octets of the content that are there
     * @param total octets that the content will have
     */
    void frame(int first, byte[] room, int length, long total) throws IOException {
        byte[] head = head(first, total);
        int from = Frames.HEAD - head.length;
        System.arraycopy(head, 0, room, from, head.length);
        left = total;
        octets(room, from, head.length, length);
    }

    /** Writes what comes next of the content. */
    void more(byte[] bytes, int offset, int length) throws IOException {
        octets(bytes, offset, 0, length);
    }

    /** Says farewell, unless that was said, or a frame is in the middle. */
    void close(int code) {
        CloseFrame.inTurn(turn, () -> {
            if (!isClosed && left == 0) {
                byte[] frame = CloseFrame.of(code, masks);
                sink.write(frame, 0, frame.length);
                isClosed = true;
            }
        });
    }

    private void octets(byte[] bytes, int offset, int head, int length) throws IOException {
        if (!isClosed) {
            sink.write(bytes, offset, head + length);
            written += head + length;
        }
        left -= length;
    }

    /** A mask of zeros leaves the content as it is. */
    private byte[] head(int first, long length) {
        int more = length < TWO_OCTETS ? 0 : length <= LARGEST_SHORT ? 2 : 8;
        byte[] head = new byte[2 + more + (masks ? 4 : 0)];
        head[0] = (byte) first;
        int size = more == 0 ? (int) length : more == 2 ? TWO_OCTETS : EIGHT_OCTETS;
        head[1] = (byte) (size | (masks ? MASKED : 0));
        for (int i = 0; i < more; i++) {
            head[2 + i] = (byte) (length >> 8 * (more - 1 - i));
        }
        return head;
    }
}
