package hakube.jobs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.testing.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;

class EveryTest {

    @Test
    void eachPeriodHasItsRoundWhateverBecomesOfTheOneBefore() throws InterruptedException {
        SynchronousQueue<Boolean> bell = new SynchronousQueue<>();
        List<String> done = new CopyOnWriteArrayList<>();
        Every every = new Every(
                "test",
                Duration.ofHours(1),
                () -> {
                    done.add("round");
                    throw new IllegalStateException("nobody foresaw this");
                },
                period -> {
                    done.add(period.toString());
                    bell.take();
                });

        every.begin();
        Eventually.holds("it waits first", () -> done.equals(List.of("PT1H")));
        bell.put(true);
        bell.put(true);
        Eventually.holds("two rounds", () -> done.size() == 5);
        every.end();

        assertEquals(List.of("PT1H", "round", "PT1H", "round", "PT1H"), done);
    }
}
