package hakube.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.testing.Eventually;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LargeBodiesTest {

    private static final byte[] BODY = {1, 2, 3};

    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private final LargeBodies bodies = new LargeBodies(10, AT_ONCE, Eventually.SOON);

    @Test
    void whatIsReadKeepsItsRoomUntilItIsReleased() throws IOException {
        assertArrayEquals(BODY, bodies.read(8, () -> BODY));
        assertThrows(ApiFailure.Unavailable.class, () -> bodies.read(3, () -> BODY));
        bodies.release(8);
        assertArrayEquals(BODY, bodies.read(10, () -> BODY));
    }

    @Test
    void whatFailsKeepsNone() throws IOException {
        assertThrows(
                IOException.class,
                () -> bodies.read(10, () -> {
                    throw new IOException("broken off");
                }));
        assertArrayEquals(BODY, bodies.read(10, () -> BODY));
    }

    @Test
    void aBodyThatDoesNotComeIsGivenUp() throws IOException {
        LargeBodies hasty = new LargeBodies(10, AT_ONCE, AT_ONCE);
        try (PipedOutputStream client = new PipedOutputStream();
                PipedInputStream silent = new PipedInputStream(client)) {
            assertThrows(InterruptedIOException.class, () -> hasty.read(10, silent::readAllBytes));
            assertFalse(Thread.currentThread().isInterrupted(), "the thread goes on to answer");
            assertThrows(
                    InterruptedIOException.class, () -> hasty.read(10, silent::readAllBytes), "there is room again");
        }
    }
}
