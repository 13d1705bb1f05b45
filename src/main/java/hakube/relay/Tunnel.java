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
    private final Signal fromFar = new Signal();
    private final Signal fromClient = new Signal();

    Tunnel(ClientWire client, FarConnection far, Lookout.Watch watch, Buffers buffers, long largestMessage) {
        this.client = client;
        this.far = far;
        this.buffers = buffers;
        this.clientEnd = new TunnelEnd(
                client, (bytes, offset, length) -> watch.tell(client, bytes, offset, length), false, largestMessage);
        this.farEnd = new TunnelEnd(
                far, (bytes, offset, length) -> watch.write(far, bytes, offset, length), true, largestMessage);
    }

    /** Returns when it is over; then both connections are of no use any more. */
    void run(Duration farewell) {
        far.shrink();
        Thread back = Thread.ofVirtual().name("relay-frames").start(() -> {
            try {
                pass(farEnd, clientEnd);
            } finally {
                fromFar.give();
                end(fromClient, farewell);
            }
        });
        try {
            pass(clientEnd, farEnd);
        } finally {
            fromClient.give();
            end(fromFar, farewell);
        }
        await(back);
    }

    private void pass(TunnelEnd from, TunnelEnd to) {
        try {
            copy(from, to);
            to.close(GOING_AWAY);
        } catch (Frames.Fault fault) {
            from.close(fault.code());
            to.close(fault.code() == Frames.TOO_BIG ? fault.code() : GOING_AWAY);
        } catch (IOException end) {
            // Either side may be the one that is gone; who is left is told.
            from.close(GOING_AWAY);
            to.close(GOING_AWAY);
        }
    }

    /** Until the source's end or its last frame. No buffer is taken for as long as nothing comes. */
    private void copy(TunnelEnd from, TunnelEnd to) throws IOException {
        while (!to.isClosed()) {
            from.await();
            byte[] buffer = buffers.take();
            try {
                if (!burst(from, to, buffer)) {
                    return;
                }
            } finally {
                buffers.giveBack(buffer);
            }
        }
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
    private void end(Signal other, Duration farewell) {
        other.comesWithin(farewell);
        far.close();
        client.cut();
    }

    private static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
