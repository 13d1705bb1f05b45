package hakube.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
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
        AtomicBoolean isOver = new AtomicBoolean();
        Thread courteous = Thread.ofPlatform().start(() -> {
            Courtesy.ofThisThread();
            Courtesy courtesy = new Courtesy();
            courtesy.begin();
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!hasRested.get() && System.nanoTime() < end) {
                spin(Duration.ofMillis(2));
                hasRested.set(courtesy.step());
            }
            isOver.set(true);
        });
        for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
            Thread.ofPlatform().daemon().start(() -> {
                while (!isOver.get()) {
                    spin(Duration.ofNanos(50_000));
                    LockSupport.parkNanos(50_000);
                }
            });
        }
        courteous.join();
        assertTrue(hasRested.get());
    }

    @Test
    void whoIsInNobodysWayDoesNotRest() {
        AtomicLong switches = new AtomicLong(1000);
        Courtesy courtesy = new Courtesy(switches::get);
        courtesy.begin();
        for (int step = 0; step < 100; step++) {
            // Those that read and write for it.
            switches.addAndGet(1);
            assertFalse(courtesy.step(), "step " + step);
        }
    }

    @Test
    void whoIsInNobodysWayAnyMoreWorksOnWithoutARest() {
        AtomicLong switches = new AtomicLong();
        Courtesy courtesy = new Courtesy(switches::get);
        courtesy.begin();
        for (int round = 0; round < 2; round++) {
            switches.addAndGet(2);
            int rests = 0;
            while (courtesy.step() && rests < 1000) {
                rests++;
            }
            assertEquals(32, rests);
            assertFalse(courtesy.step());
        }
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
                    .split(" ", -1);
            return Integer.parseInt(fields[38]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
