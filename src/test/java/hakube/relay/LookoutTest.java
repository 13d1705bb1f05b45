package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.LoopbackApp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LookoutTest {

    private static final Duration DEADLINE = Duration.ofSeconds(20);
    private static final byte[] REQUEST = "GET /x HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final CountDownLatch watched = new CountDownLatch(1);
    private final CountDownLatch leaves = new CountDownLatch(1);
    private final AtomicInteger rounds = new AtomicInteger();
    private final LoopbackApp app;
    private Lookout lookout;
    private Lookout.Watch watch;
    private FarConnection far;

    LookoutTest() throws IOException {
        app = LoopbackApp.listen("127.0.0.1", 0);
    }

    @BeforeEach
    void begin() throws IOException {
        lookout = new Lookout(
                new Lookout.Limits(
                        Duration.ofMillis(5),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        Duration.ofSeconds(1)),
                rounds::incrementAndGet);
        watch = lookout.watch(this::next, () -> {});
        far = connect();
        watch.over(far);
    }

    @AfterEach
    void end() throws IOException {
        leaves.countDown();
        far.close();
        watch.close();
        lookout.close();
        app.close();
    }

    @Test
    void aConnectionIsCutWhenItsClientGoes() throws Exception {
        waitForLong();
        leaves.countDown();
        assertThrows(IOException.class, far::readHead);
        assertFalse(watch.release(), "nobody may use it again");
    }

    @Test
    void aConnectionThatWasReleasedOutlivesItsClient() throws Exception {
        waitForLong();
        watch.waitsNoMore();
        assertTrue(watch.release());
        leaves.countDown();
        Eventually.holds("the client has gone", DEADLINE, watch::clientHasGone);
        far.write(REQUEST, 0, REQUEST.length);
        assertEquals(200, far.readHead().status());
    }

    @Test
    void aConnectionThatComesWhenTheClientHasGoneIsCutAtOnce() throws Exception {
        waitForLong();
        leaves.countDown();
        Eventually.holds("the client has gone", DEADLINE, watch::clientHasGone);
        try (FarConnection late = connect()) {
            watch.over(late);
            assertThrows(IOException.class, () -> late.write(REQUEST, 0, REQUEST.length));
        }
    }

    @Test
    void aWriteThatFailedIsNotWaitedForAnyMore() throws Exception {
        far.close();
        assertThrows(IOException.class, () -> watch.write(far, REQUEST, 0, REQUEST.length));
        far = connect();
        watch.over(far);
        int before = rounds.get();
        Eventually.holds("two more looks", DEADLINE, () -> rounds.get() > before + 1);
        assertTrue(watch.release(), "it was not cut");
    }

    /** Until the client is watched. */
    private void waitForLong() {
        watch.requestIsRead();
        watch.waits();
        Eventually.opens("the client is watched", watched);
    }

    private FarConnection connect() throws IOException {
        return FarConnection.open(app.address(), Layer.NONE, (int) DEADLINE.toMillis());
    }

    /** What the client sends: nothing, then its end. */
    private byte[] next() {
        watched.countDown();
        Eventually.opens("the client may leave", leaves);
        return null;
    }
}
