package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.access.LeakServer;
import hakube.config.TestSettings;
import hakube.resolution.Finding;
import hakube.resolution.Issue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PwnedCheckTest {

    private static final String SLUG = "local_lock";
    private static final String PASSWORD_SHA1 = "5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8";
    private static final String LOCK = """
            name: Lock
            version: "1.0"
            slug: lock
            description: d
            arch: [amd64]
            image: localhost/lock
            options: {pin: password, greeting: password}
            schema: {pin: password, greeting: str}
            """;

    @TempDir
    private Path share;

    private AppsHome home;
    private AppOptions options;
    private LeakServer service;
    private PwnedCheck check;
    private Instant now = Instant.EPOCH;

    @BeforeEach
    void open() throws IOException {
        home = new AppsHome(share).install(LOCK).install(AppsHome.SAMPLE);
        options = new AppOptions(new CoreSecrets(home.folders));
        service = new LeakServer(share);
        check = new PwnedCheck(home.apps, options, service.lookup(), () -> now);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aLeakedPasswordIsFound() {
        assertEquals(List.of(), check.find());

        service.leak(PASSWORD_SHA1);
        now = now.plus(Duration.ofHours(24));
        Finding finding = only(check.find());

        assertEquals(
                "pwned addon local_lock",
                finding.type() + " " + finding.context() + " "
                        + finding.reference().orElseThrow());
        assertEquals(List.of(), finding.suggestions());
    }

    @Test
    void anAppThatRunsIsBetterStopped() {
        service.leak(PASSWORD_SHA1);
        home.cluster.autoRun();
        home.apps.start(SLUG);
        assertEquals(List.of("execute_stop"), only(check.find()).suggestions());
    }

    @Test
    void itLooksOnceADay() {
        check.find();
        int asked = service.questions();
        assertTrue(asked > 0);
        now = now.plus(Duration.ofHours(23));
        check.find();
        assertEquals(asked, service.questions());
    }

    @Test
    void anIssueStaysTrueUntilThePasswordIsAnotherOrTheAppIsGone() {
        service.leak(PASSWORD_SHA1);
        Issue issue = new Issue("00", "pwned", "addon", SLUG, null);
        assertTrue(check.isStillTrue(issue));
        assertFalse(check.isStillTrue(new Issue("00", "pwned", "addon", AppsHome.SLUG, null)));

        home.apps.change(SLUG, user -> user.withOptions(Map.of("pin", "another one")));
        assertFalse(check.isStillTrue(issue));

        home.apps.uninstall(SLUG, true);
        assertFalse(check.isStillTrue(issue));
    }

    @Test
    void withoutAnAnswerNothingIsFound() {
        service.leak(PASSWORD_SHA1);
        service.away(true);
        assertEquals(List.of(), check.find());
    }

    @Test
    void theValidationOfOptionsLooksToo() {
        AppControls controls = new AppControls(home.apps, options, service.lookup(), TestSettings.of(share));
        InstalledApp app = home.apps.find(SLUG).orElseThrow();
        String body = "{\"pin\": \"password\", \"greeting\": \"hello\"}";
        assertEquals(false, controls.validate(app, body).get("pwned"));

        service.away(true);
        Map<String, Object> unknown = controls.validate(app, body);
        assertNull(unknown.get("pwned"));
        assertEquals("Error happening on pwned secrets check!", unknown.get("message"));
        assertEquals(false, unknown.get("valid"));

        service.away(false);
        service.leak(PASSWORD_SHA1);
        Map<String, Object> leaked = controls.validate(app, body);
        assertEquals(true, leaked.get("pwned"));
        assertEquals("App uses pwned secrets!", leaked.get("message"));
        assertEquals(false, leaked.get("valid"));
    }

    private static Finding only(List<Finding> findings) {
        assertEquals(1, findings.size(), findings::toString);
        return findings.getFirst();
    }
}
