package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.events.SupervisorEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IssuesTest {

    private final Events events = new Events();
    private final List<String> told = new ArrayList<>();
    private final Issues issues = new Issues(
            events,
            new Fixups(() -> Stream.of(
                    new SampleFixup("execute_start", "addon", Set.of("boot_fail", "app_port_conflict")),
                    new SampleFixup("disable_boot", "addon", Set.of("boot_fail")))));

    IssuesTest() {
        events.listen(event -> {
            switch (event) {
                case SupervisorEvent.IssueChanged changed -> told.add("changed " + words(changed.fields()));
                case SupervisorEvent.IssueRemoved removed -> told.add("removed " + words(removed.fields()));
                default -> {}
            }
        });
    }

    @Test
    void anIssueIsKnownByTypeContextAndReferences() {
        report("boot_fail", "local_a", Map.of());
        report("boot_fail", "local_a", Map.of());
        report("boot_fail", "local_b", Map.of());
        report("boot_fail", "local_a", Map.of("port", 1));
        report("boot_fail", "local_a", Map.of("port", 1));

        assertEquals(
                List.of("local_a null", "local_b null", "local_a {port=1}"),
                issues.open().stream()
                        .map(issue -> issue.reference() + " " + issue.referenceExtra())
                        .toList());
        assertEquals(3, issues.open().stream().map(Issue::uuid).distinct().count());
        assertTrue(issues.open().getFirst().uuid().matches("[0-9a-f]{32}"));
    }

    @Test
    void aContextThatNoClientReadsIsRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> issues.report("boot_fail", "app", "x", Map.of(), List.of(), ""));
        events.fire(new SupervisorEvent.IssueFound("boot_fail", "app", Optional.empty(), List.of(), ""));
        assertEquals(List.of(), issues.open());
    }

    @Test
    void eventsOfRoomsBelowOpenAndCloseIssues() {
        events.fire(new SupervisorEvent.IssueFound(
                "corrupt_file", "system", Optional.of("/x.json"), List.of("execute_start"), "damaged"));
        assertEquals("corrupt_file", issues.open().getFirst().type());
        assertEquals(1, issues.suggestions().size());

        events.fire(new SupervisorEvent.IssueSolved("corrupt_file", "system", Optional.of("/x.json")));
        assertEquals(List.of(), issues.open());
        assertEquals(List.of(), issues.suggestions());
    }

    @Test
    void aSuggestionBelongsToTheIssuesThatItsFixupMends() {
        report("boot_fail", "local_a", Map.of(), "execute_start", "disable_boot");
        report("app_port_conflict", "local_a", Map.of(), "execute_start");
        report("boot_fail", "local_b", Map.of(), "execute_start");
        report("pwned", "local_a", Map.of(), "execute_stop");
        Issue boot = issues.open().get(0);
        Issue port = issues.open().get(1);
        Issue pwned = issues.open().get(3);

        assertEquals(List.of("execute_start", "disable_boot"), types(issues.suggestionsFor(boot)));
        assertEquals(List.of("execute_start"), types(issues.suggestionsFor(port)));
        assertEquals(
                issues.suggestionsFor(boot).getFirst(),
                issues.suggestionsFor(port).getFirst());
        assertEquals(List.of(), issues.suggestionsFor(pwned), "nobody carries that out, so it is advice");
        assertEquals(4, issues.suggestions().size());
        assertEquals(
                List.of(boot, port), issues.mendedBy(issues.suggestionsFor(boot).getFirst()));
    }

    @Test
    void aSuggestionStaysAsLongAsOneIssueWantsIt() {
        report("boot_fail", "local_a", Map.of(), "execute_start");
        report("app_port_conflict", "local_a", Map.of(), "execute_start");
        report("pwned", "local_a", Map.of(), "execute_stop");

        issues.solve("boot_fail", "addon", "local_a");
        assertEquals(List.of("execute_start", "execute_stop"), types(issues.suggestions()));
        issues.solve("app_port_conflict", "addon", "local_a");
        assertEquals(List.of("execute_stop"), types(issues.suggestions()));
        issues.solve("pwned", "addon", "local_a");
        assertEquals(List.of(), issues.suggestions());
    }

    @Test
    void solvingClosesAllDetailsOfTheSameThing() {
        report("app_port_conflict", "local_a", Map.of("port", 1));
        report("app_port_conflict", "local_a", Map.of("port", 2));
        report("app_port_conflict", "local_b", Map.of("port", 3));
        issues.solve("app_port_conflict", "addon", "local_a");
        assertEquals(
                List.of("local_b"), issues.open().stream().map(Issue::reference).toList());
    }

    @Test
    void clientsAreToldOfWhatChangesForThem() {
        report("boot_fail", "local_a", Map.of(), "execute_start", "disable_boot");
        report("boot_fail", "local_a", Map.of(), "execute_start");
        assertEquals(List.of("changed boot_fail local_a [execute_start, disable_boot]"), told);

        told.clear();
        issues.dismiss(issues.suggestions().getFirst());
        assertEquals(List.of("changed boot_fail local_a [disable_boot]"), told);

        told.clear();
        report("boot_fail", "local_a", Map.of(), "execute_start");
        assertEquals(List.of("changed boot_fail local_a [disable_boot, execute_start]"), told);

        told.clear();
        issues.close(issues.open().getFirst());
        issues.solve("boot_fail", "addon", "local_a");
        assertEquals(List.of("removed boot_fail local_a null"), told);
    }

    @Test
    void theOtherIssueOfANewSuggestionIsToldToo() {
        report("app_port_conflict", "local_a", Map.of());
        told.clear();
        report("boot_fail", "local_a", Map.of(), "execute_start");
        assertEquals(
                List.of(
                        "changed app_port_conflict local_a [execute_start]",
                        "changed boot_fail local_a [execute_start]"),
                told);
    }

    @Test
    void eventsCarryEveryKey() {
        List<Map<String, Object>> fields = new ArrayList<>();
        events.listen(event -> {
            if (event instanceof SupervisorEvent.IssueChanged changed) {
                fields.add(changed.fields());
            }
        });
        issues.report("boot_fail", "addon", null, Map.of(), List.of("execute_start"), "");
        assertEquals(
                Set.of("uuid", "type", "context", "reference", "reference_extra", "suggestions"),
                fields.getFirst().keySet());
        assertEquals(
                List.of(Set.of("uuid", "type", "context", "reference", "reference_extra")),
                ((List<?>) fields.getFirst().get("suggestions"))
                        .stream()
                                .map(suggestion -> ((Map<?, ?>) suggestion).keySet())
                                .toList());
    }

    @Test
    void theRevisionGrowsWithEachChangeAndWithNothingElse() {
        long before = issues.revision();
        report("boot_fail", "local_a", Map.of(), "execute_start");
        long reported = issues.revision();
        assertTrue(reported > before);
        report("boot_fail", "local_a", Map.of(), "execute_start");
        assertEquals(reported, issues.revision());
        issues.dismiss(issues.suggestions().getFirst());
        long dismissed = issues.revision();
        assertTrue(dismissed > reported);
        issues.close(issues.open().getFirst());
        assertTrue(issues.revision() > dismissed);
    }

    private void report(String type, String reference, Map<String, Object> extra, String... suggestions) {
        issues.report(type, "addon", reference, extra, List.of(suggestions), "for a test");
    }

    private static List<String> types(List<Suggestion> suggestions) {
        return suggestions.stream().map(Suggestion::type).toList();
    }

    private static String words(Map<String, Object> fields) {
        List<?> suggestions = (List<?>) fields.get("suggestions");
        return fields.get("type") + " " + fields.get("reference") + " "
                + (suggestions == null
                        ? null
                        : suggestions.stream()
                                .map(suggestion -> ((Map<?, ?>) suggestion).get("type"))
                                .toList());
    }
}
