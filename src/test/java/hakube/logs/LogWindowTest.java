package hakube.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogWindowTest {

    private static final String LOG = IntStream.rangeClosed(1, 9)
            .mapToObj(line -> "2026-11-01T10:00:0" + line / 2 + ".000000007Z line " + line)
            .collect(Collectors.joining("\n"));

    @Test
    void countsFromTheOldest() {
        assertEquals(List.of("line 3", "line 4"), lines("entries=:2:2"));
        assertEquals(List.of("line 8", "line 9"), lines("entries=:7:"));
    }

    @Test
    void aCursorNamesItsEntryAlsoAmongEntriesOfOneTime() {
        List<LogEntry> all = entries("entries=:0:");
        assertEquals(1, all.get(2).index());
        for (LogEntry entry : all) {
            assertEquals(List.of(entry.message()), lines("entries=" + entry.cursor("pod") + ":0:1"));
        }
    }

    @Test
    void looksBackFromACursorAndIsCutOffAtTheOldest() {
        String fifth = entries("entries=:4:1").getFirst().cursor("pod");
        assertEquals(List.of("line 3", "line 4"), lines("entries=" + fifth + ":-2:2"));
        String second = entries("entries=:1:1").getFirst().cursor("pod");
        assertEquals(List.of("line 1", "line 2"), lines("entries=" + second + ":-100:2"));
    }

    /** However far a range looks back, so much is held and no more. */
    @Test
    void longLinesAreHeldOnlySoFar() {
        List<LogEntry> long5 = IntStream.range(0, 5)
                .mapToObj(second -> new LogEntry(
                        Instant.ofEpochSecond(second),
                        0,
                        Character.toString('a' + second).repeat(1 << 20)))
                .toList();
        String last = long5.getLast().cursor("pod");
        LogWindow window = new LogWindow(long5.iterator(), query(null, "entries=" + last + ":-100:"));
        List<Character> begins = new ArrayList<>();
        window.forEachRemaining(entry -> begins.add(entry.message().charAt(0)));
        assertEquals(List.of('d', 'e'), begins);
    }

    @Test
    void goesAheadOfACursor() {
        String second = entries("entries=:1:1").getFirst().cursor("pod");
        assertEquals(List.of("line 5", "line 6"), lines("entries=" + second + ":3:2"));
    }

    @Test
    void aCursorThatIsGoneGivesTheNextLaterEntry() {
        assertEquals(List.of("line 4"), lines("entries=s=old;t=1793527201000000009;n=4:0:1"));
    }

    @Test
    void verboseLinesCarryTimeHostAndIdentifier() {
        LogEntry entry = LogEntry.parse("2026-11-01T10:00:01.9876Z \u001b[31mred\u001b[0m", Optional.empty())
                .orElseThrow();
        LogQuery verbose = LogQuery.of("text/x-log", null, null, false, true, false, false, false);
        assertEquals("2026-11-01 10:00:01.987 pod homeassistant: red", entry.text(verbose, "pod", "homeassistant"));
    }

    @Test
    void linesWinOverRangeAndHaveAMinimum() {
        assertEquals(new LogQuery.Selection.Last(2), select("1", "entries=:0:5"));
        assertEquals(new LogQuery.Selection.Last(100), select("many", null));
        assertEquals(new LogQuery.Selection.FromNewest(-9, Long.MAX_VALUE), select(null, "entries=:-9:"));
    }

    @Test
    void whatCannotBeServedIsSaid() {
        assertEquals(
                "Invalid range header: lines=5",
                assertThrows(ApiFailure.BadRequest.class, () -> select(null, "lines=5"))
                        .getMessage());
        assertThrows(
                ApiFailure.BadRequest.class,
                () -> LogQuery.of("application/json", null, null, false, false, false, false, false));
        assertEquals(
                false,
                LogQuery.of("text/plain, */*", null, null, false, false, false, false, false)
                        .verbose());
    }

    private static LogQuery.Selection select(String lines, String range) {
        return query(lines, range).selection();
    }

    private static LogQuery query(String lines, String range) {
        return LogQuery.of(null, lines, range, false, false, false, false, false);
    }

    private static List<String> lines(String range) {
        return entries(range).stream().map(LogEntry::message).toList();
    }

    private static List<LogEntry> entries(String range) {
        List<LogEntry> all = new ArrayList<>();
        new LogWindow(new Entries(new ByteArrayInputStream(LOG.getBytes(StandardCharsets.UTF_8))), query(null, range))
                .forEachRemaining(all::add);
        return all;
    }
}
