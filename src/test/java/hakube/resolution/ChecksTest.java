package hakube.resolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.events.Events;
import hakube.events.SupervisorEvent;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {

    @TempDir
    private Path share;

    private final Events events = new Events();
    private final Issues issues = new Issues(events);
    private final SampleCheck pwned = new SampleCheck("app_pwned");
    private final SampleCheck removed = new SampleCheck("detached_app_removed");

    @Test
    void checksComeInTheOrderOfTheirWords() {
        assertEquals(
                List.of("app_pwned", "detached_app_removed"),
                checks().all().stream().map(Check::slug).toList());
    }

    @Test
    void aRunOpensWhatIsFoundAndClosesWhatIsTrueNoMore() {
        removed.affect("local_a");
        removed.affect("local_b");
        checks().run();
        assertEquals(List.of("local_a", "local_b"), references());

        removed.matter.removeFirst();
        checks().run();
        assertEquals(List.of("local_b"), references());
    }

    @Test
    void aRunJudgesWhatOthersReportedAndNothingElse() {
        issues.report("detached_app_removed", "addon", "local_x", Map.of(), List.of(), "");
        issues.report("detached_app_removed", "store", "local_x", Map.of(), List.of(), "");
        issues.report("boot_fail", "addon", "local_y", Map.of(), List.of(), "");
        checks().run();
        assertEquals(
                List.of("store", "addon"),
                issues.open().stream().map(Issue::context).toList());
    }

    @Test
    void aCheckThatIsOffRunsOnlyWhenItIsAskedFor() {
        removed.affect("local_a");
        Checks checks = checks();
        checks.enable(removed, false);
        checks.run();
        assertEquals(List.of(), references());

        checks.run(removed);
        assertEquals(List.of("local_a"), references());
    }

    @Test
    void oneThatFailsStopsNoOther() {
        Check broken = new SampleCheck("broken") {
            @Override
            public List<Finding> find() {
                throw new IllegalStateException("no");
            }
        };
        removed.affect("local_a");
        checks(broken, removed).run();
        assertEquals(List.of("local_a"), references());
    }

    @Test
    void whileABackupIsAtWorkNothingIsJudged() {
        Checks checks = checks();
        removed.affect("local_a");
        events.fire(new SupervisorEvent.SupervisorStateChanged("freeze"));
        checks.run();
        assertEquals(List.of(), references());

        events.fire(new SupervisorEvent.SupervisorStateChanged("running"));
        checks.run();
        assertEquals(List.of("local_a"), references());
    }

    @Test
    void theChoiceSurvivesARestart() throws IOException {
        checks().enable(pwned, false);

        Checks next = checks();
        next.load();

        assertFalse(next.isEnabled(pwned));
        assertTrue(next.isEnabled(removed));
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(Files.getPosixFilePermissions(share.resolve("resolution.json"))));
    }

    @Test
    void aFileOfUpstreamIsReadWithItsOldWordsAndKeepsWhatDoesNotExistHere() throws IOException {
        Files.writeString(share.resolve("resolution.json"), """
                {"checks": {"addon_pwned": {"enabled": false}, "detached_addon_removed": {"enabled": true},
                            "disk_lifetime": {"enabled": false}}}""");
        Checks checks = checks();
        checks.load();
        assertFalse(checks.isEnabled(pwned));
        assertTrue(checks.isEnabled(removed));

        checks.enable(pwned, true);

        String written = Files.readString(share.resolve("resolution.json")).replaceAll("\\s", "");
        assertTrue(written.contains("\"disk_lifetime\":{\"enabled\":false}"), written);
        assertTrue(written.contains("\"app_pwned\":{\"enabled\":true}"), written);
        assertFalse(written.contains("addon"), written);
    }

    @Test
    void aDamagedFileIsSetAsideAndAnIssue() throws IOException {
        Files.writeString(share.resolve("resolution.json"), "{");
        Checks checks = checks();
        checks.load();
        assertTrue(checks.isEnabled(pwned));
        assertEquals("corrupt_file", issues.open().getFirst().type());
        assertEquals("{", Files.readString(Path.of(issues.open().getFirst().reference())));
    }

    @Test
    void anUnknownCheckHasItsKey() {
        ApiFailure failure = assertThrows(ApiFailure.NotFound.class, () -> checks().require("sunny"));
        assertEquals("Check 'sunny' does not exist", failure.getMessage());
        assertEquals("resolution_check_not_found_error", failure.errorKey().orElseThrow());
        assertEquals(Map.of("check", "sunny"), failure.extraFields());
    }

    private Checks checks() {
        return checks(removed, pwned);
    }

    private Checks checks(Check... known) {
        return new Checks(() -> Stream.of(known), issues, new Folders(share), events);
    }

    private List<String> references() {
        return issues.open().stream().map(Issue::reference).toList();
    }
}
