package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DelayTest {

    @Test
    void eachTryWaitsLongerUpToALimitUntilOneSucceeds() {
        Delay delay = new Delay();

        assertEquals(List.of(500L, 1000L, 2000L, 4000L, 8000L, 10_000L, 10_000L), millis(delay, 7));
        delay.reset();
        assertEquals(List.of(500L, 1000L), millis(delay, 2));
    }

    private static List<Long> millis(Delay delay, int times) {
        return Stream.generate(delay::next).limit(times).map(Duration::toMillis).toList();
    }
}
