package hakube.relay;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/** One end of a tunnel: what is written to it are whole frames in the end, whoever writes. */
final class TunnelEnd {

    private final Octets.Source source;
    private final Octets.Sink sink;
    /** Those that are written to this end. */
    private final Frames frames;

    private final boolean isServer;
    private final ReentrantLock writing = new ReentrantLock();
    private boolean isClosed;

    /** @param isServer whether a server is at this end, which takes masked frames only */
    TunnelEnd(Octets.Source source, Octets.Sink sink, boolean isServer, long largestMessage) {
        this.source = source;
        this.sink = sink;
        this.isServer = isServer;
        this.frames = new Frames(isServer, largestMessage);
    }

    int read(byte[] into, int offset, int length) throws IOException {
        return source.read(into, offset, length);
    }

    /** False when nothing has come for a while. */
    boolean await() throws IOException {
        return source.await();
    }

    /**
     * Writes frames of the other end.
     *
     * @return up to where they were taken; the rest is to be shown again with more. After a farewell they are taken and dropped
     * @throws Frames.Fault they must not pass; what came before has
     */
    int write(byte[] bytes, int from, int to) throws IOException {
        writing.lock();
        try {
            if (isClosed) {
                return to;
            }
            int end = frames.pass(bytes, from, to);
            if (end > from) {
                sink.write(bytes, from, end - from);
            }
            frames.check();
            isClosed = isClosed || frames.areOver();
            return end;
        } finally {
            writing.unlock();
        }
    }

    /** Whether the other end has said farewell. */
    boolean isClosed() {
        return isClosed;
    }

    /** Says farewell in the name of the other end, where that has not and a frame can be put. */
    void close(int code) {
        CloseFrame.inTurn(writing, () -> {
            if (!isClosed && frames.isBetween()) {
                isClosed = true;
                byte[] frame = CloseFrame.of(code, isServer);
                sink.write(frame, 0, frame.length);
            }
        });
    }
}
