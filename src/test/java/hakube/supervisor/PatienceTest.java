package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.api.ApiFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void waitsTwiceAsLongEachTimeAndHalfAMinuteAtMost() throws InterruptedException {
        List<Duration> waits = new ArrayList<>();

        Patience.until(
                "Work",
                () -> {
                    if (waits.size() < 7) {
                        throw new ApiFailure.BadRequest("not yet");
                    }
                },
                waits::add);

        assertEquals(
                List.of(1, 2, 4, 8, 16, 30, 30),
                waits.stream().map(wait -> (int) wait.toSeconds()).toList());
    }

    @Test
    void aFaultThatNobodyExpectedIsTriedAgainToo() throws InterruptedException {
        List<Duration> waits = new ArrayList<>();

        Patience.until(
                "Work",
                () -> {
                    if (waits.isEmpty()) {
                        throw new IllegalStateException("strange");
                    }
                },
                waits::add);

        assertEquals(1, waits.size());
    }

    @Test
    void eachFailureIsALineWithItsCause() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord record) {
                if (record.getLevel().intValue() >= 900) {
                    lines.add(record.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(Patience.class.getName());
        logger.addHandler(listener);
        try {
            List<Duration> waits = new ArrayList<>();
            Patience.until(
                    "Reaching the cluster",
                    () -> {
                        if (waits.size() < 2) {
                            throw new ApiFailure.BadRequest("nobody at https://10.0.0.1");
                        }
                    },
                    waits::add);
        } finally {
            logger.removeHandler(listener);
        }

        assertEquals(
                List.of(
                        "Reaching the cluster is not done yet, next attempt within 1 s: nobody at https://10.0.0.1",
                        "Reaching the cluster is not done yet, next attempt within 2 s: nobody at https://10.0.0.1"),
                lines);
    }
}
