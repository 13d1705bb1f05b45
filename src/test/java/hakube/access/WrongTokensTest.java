package hakube.access;

import static hakube.access.WrongTokens.Verdict.ANSWER;
import static hakube.access.WrongTokens.Verdict.HOLD_BACK;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

    private static final String SOURCE = "10.42.0.7";

    private long now = Long.MAX_VALUE - 5;
    private final WrongTokens wrongTokens = new WrongTokens(() -> now);

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
    void onlySoManyAnswersWaitAtOnce() throws InterruptedException, ExecutionException {
        Callable<Boolean> late = wrongTokens::holdBack;
        int sentAway = 0;
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : waiting.invokeAll(Collections.nCopies(WrongTokens.HELD + 5, late))) {
                sentAway += one.get() ? 0 : 1;
            }
        }
        assertEquals(5, sentAway);
    }

    private int answeredAtOnce(String source, int tries) {
        return (int) IntStream.range(0, tries)
                .filter(i -> wrongTokens.note(source) == ANSWER)
                .count();
    }
}
