package hakube.relay;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** How a side is told that it ends here (RFC 6455, 5.5.1). */
final class CloseFrame {

    /** Whoever cannot write within this time has more to write than a farewell. */
    private static final long PATIENCE_MILLIS = 500;

    private CloseFrame() {}

    interface Writing {
        void run() throws IOException;
    }

    /** @param masks whether a server gets it */
    static byte[] of(int code, boolean masks) {
        byte high = (byte) (code >> 8);
        byte low = (byte) code;
        // A mask of zeros leaves the content as it is.
        return masks
                ? new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, high, low}
                : new byte[] {(byte) 0x88, 2, high, low};
    }

    /** Writes one in its turn, where that comes soon and the side is there. */
    static void inTurn(ReentrantLock turn, Writing writing) {
        try {
            if (turn.tryLock(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    writing.run();
                } finally {
                    turn.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // It is not there any more.
        }
    }
}
