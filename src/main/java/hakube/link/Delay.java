package hakube.link;

import java.time.Duration;

/** Grows from one try to the next, from half a second to ten. */
final class Delay {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MOST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    Duration next() {
        Duration now = next;
        next = now.multipliedBy(2).compareTo(MOST) > 0 ? MOST : now.multipliedBy(2);
        return now;
    }

    void reset() {
        next = FIRST;
    }
}
