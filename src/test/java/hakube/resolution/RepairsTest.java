package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.jobs.Jobs;
import hakube.storage.Folders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairsTest {

    @TempDir
    private Path share;

    private final List<String> applied = new ArrayList<>();
    private final Counting repair = new Counting("execute_repair", "missing_image", 2);
    private final Counting start = new Counting("execute_start", "boot_fail", 0);
    private Optional<RuntimeException> trouble = Optional.empty();
    private Issues issues;
    private Repairs repairs;

    @BeforeEach
    void open() {
        Events events = new Events();
        Fixups fixups = new Fixups(() -> Stream.of(repair, start));
        issues = new Issues(events, fixups);
        repairs = new Repairs(issues, fixups, new Jobs(new Folders(share), events));
    }

    @Test
    void whatIsAppliedIsGoneWithTheIssueThatItMends() {
        report("boot_fail", "local_a", "execute_start");
        report("boot_fail", "local_b", "execute_start");

        repairs.apply(issues.suggestions().getFirst());

        assertEquals(List.of("execute_start local_a"), applied);
        assertEquals(
                List.of("local_b"), issues.open().stream().map(Issue::reference).toList());
        assertEquals(1, issues.suggestions().size());
    }

    @Test
    void whatDoesNotHelpIsToldAndStays() {
        report("boot_fail", "local_a", "execute_start");
        trouble = Optional.of(new ApiFailure.BadRequest("App local_a could not start"));

        assertThrows(
                ApiFailure.BadRequest.class,
                () -> repairs.apply(issues.suggestions().getFirst()));

        assertEquals(1, issues.open().size());
        assertEquals(1, issues.suggestions().size());
    }

    @Test
    void adviceStays() {
        report("pwned", "local_a", "execute_stop");
        repairs.apply(issues.suggestions().getFirst());
        assertEquals(1, issues.open().size());
        assertEquals(1, issues.suggestions().size());
    }

    @Test
    void onlyWhatIsAutomaticIsAppliedByItselfAndOnlyAsLongAsItIs() {
        for (String slug : List.of("local_a", "local_b", "local_c")) {
            report("missing_image", slug, "execute_repair");
        }
        report("boot_fail", "local_a", "execute_start");

        repairs.applyAutomatic();

        assertEquals(List.of("execute_repair local_a", "execute_repair local_b"), applied);
        assertEquals(
                List.of("missing_image local_c", "boot_fail local_a"),
                issues.open().stream()
                        .map(issue -> issue.type() + " " + issue.reference())
                        .toList());
    }

    @Test
    void oneThatFailsByItselfStopsNoOther() {
        report("missing_image", "local_a", "execute_repair");
        report("missing_image", "local_b", "execute_repair");
        trouble = Optional.of(new IllegalStateException("no"));

        repairs.applyAutomatic();

        assertEquals(2, applied.size());
        assertEquals(2, issues.open().size());
    }

    private void report(String type, String reference, String suggestion) {
        issues.report(type, "addon", reference, Map.of(), List.of(suggestion), "for a test");
    }

    /** Counts what it does, and is automatic a number of times. */
    private final class Counting implements Fixup {

        private final String suggestion;
        private final String issue;
        private int left;

        Counting(String suggestion, String issue, int left) {
            this.suggestion = suggestion;
            this.issue = issue;
            this.left = left;
        }

        @Override
        public String suggestion() {
            return suggestion;
        }

        @Override
        public String context() {
            return "addon";
        }

        @Override
        public Set<String> issues() {
            return Set.of(issue);
        }

        @Override
        public boolean isAutomatic() {
            return left > 0;
        }

        @Override
        public void apply(Suggestion wanted) {
            left--;
            applied.add(suggestion + " " + wanted.reference());
            trouble.ifPresent(failure -> {
                throw failure;
            });
        }
    }
}
