package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CourtesyTest {

    @Test
    void isOfOneThreadAlone() throws Exception {
        int before = policy();
        AtomicInteger after = new AtomicInteger();
        Thread courteous = Thread.ofPlatform().start(() -> {
            Courtesy.ofThisThread();
            after.set(policy());
        });
        courteous.join();
        assertEquals(5, after.get(), "SCHED_IDLE");
        assertEquals(before, policy());
    }

    @Test
    void whoIsInTheWayOfOthersRestsNowAndThen() throws Exception {
        AtomicBoolean hasRested = new AtomicBoolean();
        Thread courteous = Thread.ofPlatform().start(() -> {
            Courtesy.ofThisThread();
            Courtesy courtesy = new Courtesy();
            courtesy.begin();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!hasRested.get() && System.nanoTime() < end) {
                spin(Duration.ofMillis(2));
                hasRested.set(courtesy.step());
            }
        });
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!hasRested.get()) {
                    spin(Duration.ofNanos(50_000));
                    LockSupport.parkNanos(50_000);
                }
            });
        }
        courteous.join();
        assertTrue(hasRested.get());
    }

    private static void spin(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    /** How the calling thread is given the processor (proc(5), field 41 of stat). */
    private static int policy() {
        try {
            String[] fields = Files.readString(Path.of("/proc/thread-self/stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ");
            return Integer.parseInt(fields[38]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
