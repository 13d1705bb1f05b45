package hakube.relay;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lends the buffers through which bodies pass. Large ones are few, so that memory has a bound; whoever comes when all are out gets a
 * small one and copies in smaller steps.
 */
final class Buffers {

    static final int LARGE = 32 * 1024;
    static final int SMALL = 2 * 1024;
    private static final int MOST_LARGE = 512;
    private static final int KEPT = 64;

    private final ConcurrentLinkedDeque<byte[]> kept = new ConcurrentLinkedDeque<>();
    private final AtomicInteger out = new AtomicInteger();
    private final AtomicInteger in = new AtomicInteger();

    byte[] take() {
        if (out.incrementAndGet() > MOST_LARGE) {
            out.decrementAndGet();
            return new byte[SMALL];
        }
        byte[] buffer = kept.pollFirst();
        if (buffer == null) {
            return new byte[LARGE];
        }
        in.decrementAndGet();
        return buffer;
    }

    void giveBack(byte[] buffer) {
        if (buffer.length != LARGE) {
            return;
        }
        out.decrementAndGet();
        if (in.incrementAndGet() > KEPT) {
            in.decrementAndGet();
        } else {
            kept.addFirst(buffer);
        }
    }

    /** How many are out. */
    int lent() {
        return out.get();
    }
}
