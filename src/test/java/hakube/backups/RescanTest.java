package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RescanTest {

    private final Queue<Runnable> background = new ArrayDeque<>();
    private int readings;
    private CompletableFuture<Void> askedMeanwhile;
    private Runnable reading = () -> readings++;
    private final Rescan rescan = new Rescan(() -> reading.run(), background::add);

    @Test
    void whoeverAsksBeforeItBeginsSharesIt() {
        CompletableFuture<Void> first = rescan.ask();
        assertSame(first, rescan.ask());
        assertEquals(1, background.size());

        background.remove().run();

        assertTrue(first.isDone());
        assertEquals(1, readings);
        assertNotSame(first, rescan.ask());
    }

    @Test
    void whoeverAsksMeanwhileGetsTheNext() {
        reading = () -> {
            readings++;
            askedMeanwhile = rescan.ask();
        };
        CompletableFuture<Void> first = rescan.ask();
        background.remove().run();

        assertTrue(first.isDone());
        assertFalse(askedMeanwhile.isDone());
        reading = () -> readings++;
        background.remove().run();

        assertTrue(askedMeanwhile.isDone());
        assertEquals(2, readings);
        assertTrue(background.isEmpty());
    }

    @Test
    void aReadingThatFailsHoldsUpNoOther() {
        reading = () -> {
            throw new IllegalStateException("storage is away");
        };
        CompletableFuture<Void> first = rescan.ask();
        background.remove().run();
        assertTrue(first.isCompletedExceptionally());

        reading = () -> readings++;
        CompletableFuture<Void> second = rescan.ask();
        background.remove().run();

        assertFalse(second.isCompletedExceptionally());
        assertEquals(1, readings);
    }
}
