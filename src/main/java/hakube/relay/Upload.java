package hakube.relay;

import java.io.IOException;
import java.time.Duration;

/**
 * Sends a large body to the far side, on a thread of its own: a server may answer before it has read all, or while it reads.
 * When it takes nothing more, the rest is read and dropped until the exchange ends, so that the client gets to its answer.
 */
final class Upload {

    private final Outgoing outgoing;
    private final FarConnection far;
    private final Lookout.Watch watch;
    private final Buffers buffers;
    private final Signal done = new Signal();
    private volatile boolean isDropping;
    private volatile boolean isClientsFault;

    private Upload(Outgoing outgoing, FarConnection far, Lookout.Watch watch, Buffers buffers) {
        this.outgoing = outgoing;
        this.far = far;
        this.watch = watch;
        this.buffers = buffers;
    }

    /** Begins with what follows the first piece, which went out with the head. */
    static Upload start(Outgoing outgoing, FarConnection far, Lookout.Watch watch, Buffers buffers) {
        Upload upload = new Upload(outgoing, far, watch, buffers);
        Thread.ofVirtual().name("relay-upload").start(upload::run);
        return upload;
    }

    /** Whether the client's body was no whole one; the far side's connection was cut then, so that it takes no part for the whole. */
    boolean isClientsFault() {
        return isClientsFault;
    }

    /** Whether all of it has gone out by now. */
    boolean wasSent() {
        return done.isGiven() && !isDropping && !isClientsFault;
    }

    /** The answer is complete: what has not been sent by now is not sent. */
    void drop() {
        isDropping = true;
    }

    /** Whether all was read within that time. */
    boolean awaitEnd(Duration patience) {
        return done.comesWithin(patience);
    }

    private void run() {
        byte[] buffer = buffers.take();
        try {
            copy(buffer);
            watch.requestIsRead();
        } catch (IOException | RuntimeException fault) {
            isClientsFault = true;
            far.close();
        } finally {
            buffers.giveBack(buffer);
            done.give();
        }
    }

    private void copy(byte[] buffer) throws IOException {
        boolean isChunked = outgoing.isChunked();
        int before = isChunked ? Chunks.HEAD : 0;
        int room = buffer.length - (isChunked ? Chunks.FRAME : 0);
        int count = outgoing.source().read(buffer, before, room);
        while (count >= 0) {
            send(buffer, isChunked ? Chunks.frame(buffer, 0, count) : count);
            count = outgoing.source().read(buffer, before, room);
        }
        if (isChunked) {
            send(Chunks.last(), Chunks.last().length);
        }
    }

    private void send(byte[] bytes, int length) {
        if (isDropping) {
            return;
        }
        try {
            watch.write(far, bytes, 0, length);
        } catch (IOException refusal) {
            isDropping = true;
        }
    }
}
