package hakube.access;

import static hakube.access.WrongTokens.Verdict.ANSWER;
import static hakube.access.WrongTokens.Verdict.HOLD_BACK;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

    private static final String SOURCE = "10.42.0.7";

    private long now = Long.MAX_VALUE - 5;
    private final WrongTokens wrongTokens = new WrongTokens(() -> now, Duration.ZERO);

    @Test
    void aFewMistakesAreAnsweredAtOnceAndMoreAreHeldBack() {
        assertEquals(WrongTokens.BURST, answeredAtOnce(SOURCE, WrongTokens.BURST + 10));
        assertEquals(HOLD_BACK, wrongTokens.note(SOURCE));
    }

    @Test
    void timeForgives() {
        answeredAtOnce(SOURCE, WrongTokens.BURST + 10);
        now += TimeUnit.SECONDS.toNanos(2);
        assertEquals(2 * WrongTokens.EACH_SECOND, answeredAtOnce(SOURCE, WrongTokens.BURST));
        now += TimeUnit.DAYS.toNanos(1);
        assertEquals(WrongTokens.BURST, answeredAtOnce(SOURCE, WrongTokens.BURST + 10));
    }

    @Test
    void oneSourceDoesNotPayForAnother() {
        answeredAtOnce(SOURCE, WrongTokens.BURST + 10);
        assertEquals(ANSWER, wrongTokens.note("10.42.0.8"));
    }

    @Test
    void onlyTheLatestSourcesAreRemembered() {
        answeredAtOnce(SOURCE, WrongTokens.BURST);
        for (int i = 0; i < WrongTokens.SOURCES * 3; i++) {
            wrongTokens.note("fd00::" + i);
            wrongTokens.note(SOURCE);
        }
        assertEquals(WrongTokens.SOURCES, wrongTokens.sources());
        assertEquals(HOLD_BACK, wrongTokens.note(SOURCE), "the busiest one was forgotten");
    }

    @Test
    void onlySoManyAnswersWaitAtOnce() {
        WrongTokens slow = new WrongTokens(() -> now, Duration.ofHours(1));
        AtomicInteger sentAway = new AtomicInteger();
        AtomicInteger held = new AtomicInteger();
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < WrongTokens.HELD + 5; i++) {
                waiting.execute(() -> (slow.holdBack() ? held : sentAway).incrementAndGet());
            }
            try {
                Eventually.holds("some are sent away", () -> sentAway.get() == 5);
                assertEquals(0, held.get(), "an hour is not over");
            } finally {
                waiting.shutdownNow();
            }
        }
        assertEquals(WrongTokens.HELD, held.get(), "the server's end ends the waiting");
    }

    @Test
    void anAnswerIsHeldBackForAWhile() {
        WrongTokens quick = new WrongTokens(() -> now, Duration.ofMillis(1));
        for (int i = 0; i < WrongTokens.HELD * 2; i++) {
            assertTrue(quick.holdBack(), "who has waited makes room");
        }
    }

    private int answeredAtOnce(String source, int tries) {
        return (int) IntStream.range(0, tries)
                .filter(i -> wrongTokens.note(source) == ANSWER)
                .count();
    }
}
