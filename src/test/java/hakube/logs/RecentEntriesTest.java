package hakube.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The Supervisor's own lines: so many, so long, and nothing kept for whoever is slow. */
class RecentEntriesTest {

    private static final Instant TIME = Instant.parse("2026-11-25T10:00:00.000000007Z");

    private final RecentEntries recent = new RecentEntries();

    @Test
    void theOldestGiveWay() {
        fill(1, 2_500);
        List<LogEntry> all = recent.last(-1);
        assertEquals(2_000, all.size());
        assertEquals("line 501", all.getFirst().message());
        assertEquals("line 2500", all.getLast().message());
        assertEquals(
                List.of("line 2499", "line 2500"),
                recent.last(2).stream().map(LogEntry::message).toList());
    }

    @Test
    void longLinesAreCutAndGiveWaySooner() {
        for (int line = 0; line < 100; line++) {
            recent.add(TIME, "x".repeat(20_000));
        }
        List<LogEntry> all = recent.last(-1);
        assertEquals(32, all.size());
        assertEquals(8_192, all.getLast().message().length());
    }

    @Test
    void entriesOfOneTimeAreTold() {
        recent.add(TIME, "one");
        recent.add(TIME, "two");
        recent.add(TIME.plusNanos(1), "three");
        assertEquals(
                List.of(0, 1, 0), recent.last(-1).stream().map(LogEntry::index).toList());
    }

    @Test
    void whoFollowsBeginsWithTheLastAndGetsWhatComes() {
        fill(1, 9);
        RecentEntries.Followed log = recent.follow(2);
        assertEquals("line 8", log.next().message());
        assertEquals("line 9", log.next().message());
        Thread.ofVirtual().start(() -> recent.add(TIME, "line 10"));
        assertEquals("line 10", log.next().message());
    }

    @Test
    void whoIsTooSlowMissesWhatGaveWay() {
        fill(1, 1);
        RecentEntries.Followed log = recent.follow(-1);
        fill(2, 2_500);
        assertTrue(log.hasNext());
        assertEquals("line 501", log.next().message());
    }

    @Test
    void anInterruptionEndsTheWait() {
        RecentEntries.Followed log = recent.follow(-1);
        Thread.currentThread().interrupt();
        assertFalse(log.hasNext());
        assertTrue(Thread.interrupted());
    }

    private void fill(int first, int last) {
        for (int line = first; line <= last; line++) {
            recent.add(TIME, "line " + line);
        }
    }
}
