package hakube.relay;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A WebSocket between a client and the far side: frames pass as they are, pings and pongs among them, until one side ends it. */
final class Tunnel {

    /** Told to the side that is left alone. */
    private static final int GOING_AWAY = 1001;

    /** Of a socket on which nothing happens. */
    private static final int IDLE = 128;

    private final ClientWire client;
    private final FarConnection far;
    private final Buffers buffers;
    private final TunnelEnd clientEnd;
    private final TunnelEnd farEnd;
    private final CountDownLatch fromFar = new CountDownLatch(1);
    private final CountDownLatch fromClient = new CountDownLatch(1);

    Tunnel(ClientWire client, FarConnection far, Lookout.Watch watch, Buffers buffers, long largestMessage) {
        this.client = client;
        this.far = far;
        this.buffers = buffers;
        this.clientEnd = new TunnelEnd(client::read, client::write, false, largestMessage);
        this.farEnd = new TunnelEnd(
                far::read, (bytes, offset, length) -> watch.write(far, bytes, offset, length), true, largestMessage);
    }

    /** Returns when it is over; then both connections are of no use any more. */
    void run(Duration farewell) {
        far.shrink();
        Thread back = Thread.ofVirtual().name("relay-frames").start(() -> {
            try {
                pass(farEnd, clientEnd);
            } finally {
                fromFar.countDown();
                end(fromClient, farewell);
            }
        });
        try {
            pass(clientEnd, farEnd);
        } finally {
            fromClient.countDown();
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

    /** Until the source's end or its last frame. */
    private void copy(TunnelEnd from, TunnelEnd to) throws IOException {
        // The client's connection has a buffer of its own to wait with.
        byte[] idle = new byte[from == clientEnd ? 0 : IDLE];
        byte[] buffer = idle;
        int kept = 0;
        try {
            while (true) {
                if (buffer.length == 0) {
                    client.await();
                    buffer = buffers.take();
                }
                int count = from.read(buffer, kept, buffer.length - kept);
                if (count < 0) {
                    return;
                }
                int end = kept + count;
                int passed = to.write(buffer, 0, end);
                if (to.isClosed()) {
                    return;
                }
                kept = end - passed;
                byte[] next = isEnough(idle, buffer, kept, end) ? idle : large(buffer);
                System.arraycopy(buffer, passed, next, 0, kept);
                if (buffer != next) {
                    release(buffer, idle);
                    buffer = next;
                }
            }
        } finally {
            release(buffer, idle);
        }
    }

    /** Whether what is kept fits, and so would what comes next if it were as much as this time. */
    private static boolean isEnough(byte[] idle, byte[] buffer, int kept, int end) {
        return idle.length == 0 ? kept == 0 : buffer == idle && end < buffer.length || end < idle.length;
    }

    private byte[] large(byte[] buffer) {
        return buffer.length <= IDLE ? buffers.take() : buffer;
    }

    private void release(byte[] buffer, byte[] idle) {
        if (buffer != idle) {
            buffers.giveBack(buffer);
        }
    }

    /** Gives the other direction time for its last frames; then there is none. */
    private void end(CountDownLatch other, Duration farewell) {
        try {
            other.await(farewell.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
