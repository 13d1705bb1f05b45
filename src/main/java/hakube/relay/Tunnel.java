package hakube.relay;

import java.io.IOException;
import java.time.Duration;

/** A WebSocket between a client and the far side: frames pass as they are, pings and pongs among them, until one side ends it. */
final class Tunnel {

    /** Told to the side that is left alone. */
    private static final int GOING_AWAY = 1001;

    private final ClientWire client;
    private final FarConnection far;
    private final Buffers buffers;
    private final TunnelEnd clientEnd;
    private final TunnelEnd farEnd;
    private final QuietConnections quiet;
    private final Duration farewell;
    private final Signal fromFar = new Signal();
    private final Signal fromClient = new Signal();
    private final Signal isBackOver = new Signal();

    Tunnel(
            ClientWire client,
            FarConnection far,
            Lookout.Watch watch,
            Buffers buffers,
            QuietConnections quiet,
            Duration farewell,
            long largestMessage) {
        this.client = client;
        this.far = far;
        this.buffers = buffers;
        this.quiet = quiet;
        this.farewell = farewell;
        this.clientEnd = new TunnelEnd(
                client, (bytes, offset, length) -> watch.tell(client, bytes, offset, length), false, largestMessage);
        this.farEnd = new TunnelEnd(
                far, (bytes, offset, length) -> watch.write(far, bytes, offset, length), true, largestMessage);
    }

    /** Returns when it is over; then both connections are of no use any more. */
    void run() {
        far.shrink();
        // Most say nothing for long, and one that has never had a thread has left no stack behind.
        if (!far.isQuiet() || !quiet.await(far, this::passBack)) {
            Thread.ofVirtual().name("relay-frames").start(this::passBack);
        }
        try {
            pass(clientEnd, farEnd);
        } finally {
            fromClient.give();
            end(fromFar);
        }
        isBackOver.comes();
    }

    /** Until the far side's end, or until it is quiet: then this is run again when it is not any more. */
    private void passBack() {
        boolean isOver = true;
        try {
            isOver = pass(farEnd, clientEnd);
        } finally {
            if (isOver) {
                fromFar.give();
                end(fromClient);
                isBackOver.give();
            }
        }
    }

    /** @return whether that direction is over */
    private boolean pass(TunnelEnd from, TunnelEnd to) {
        try {
            if (!copy(from, to)) {
                return false;
            }
            to.close(GOING_AWAY);
        } catch (Frames.Fault fault) {
            from.close(fault.code());
            to.close(fault.code() == Frames.TOO_BIG ? fault.code() : GOING_AWAY);
        } catch (IOException end) {
            // Either side may be the one that is gone; who is left is told.
            from.close(GOING_AWAY);
            to.close(GOING_AWAY);
        }
        return true;
    }

    /**
     * Until the source's end or its last frame. No buffer is taken for as long as nothing comes.
     *
     * @return false when it is quiet, and goes on by itself
     */
    private boolean copy(TunnelEnd from, TunnelEnd to) throws IOException {
        while (!to.isClosed()) {
            if (!from.await()) {
                if (quiet.await(far, this::passBack)) {
                    return false;
                }
                continue;
            }
            byte[] buffer = buffers.take();
            try {
                if (!burst(from, to, buffer)) {
                    return true;
                }
            } finally {
                buffers.giveBack(buffer);
            }
        }
        return true;
    }

    /**
     * Passes on what has come, and what belongs to a head of a frame that has come in part.
     *
     * @return false at the source's end
     */
    private static boolean burst(TunnelEnd from, TunnelEnd to, byte[] buffer) throws IOException {
        int kept = 0;
        do {
            int count = from.read(buffer, kept, buffer.length - kept);
            if (count < 0) {
                return false;
            }
            int end = kept + count;
            int passed = to.write(buffer, 0, end);
            kept = end - passed;
            System.arraycopy(buffer, passed, buffer, 0, kept);
        } while (kept > 0 && !to.isClosed());
        return true;
    }

    /** Gives the other direction time for its last frames; then there is none. */
    private void end(Signal other) {
        other.comesWithin(farewell);
        far.close();
        client.cut();
    }
}
