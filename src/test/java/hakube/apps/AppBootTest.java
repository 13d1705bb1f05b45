package hakube.apps;

import static hakube.apps.AppsHome.SAMPLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.events.Events;
import hakube.store.AppManifest.Startup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which apps a phase of a boot starts. */
class AppBootTest {

    @TempDir
    private Path share;

    private AppsHome home;
    private AppBoot boot;

    @BeforeEach
    void appsOfAllKinds() {
        home = new AppsHome(share).wake();
        install("first", "startup: system");
        install("second", "startup: system");
        install("manual", "startup: system\nboot: manual");
        install("fixed", "startup: system\nboot: manual_only");
        install("later", "startup: application");
        install("once", "startup: once");
        home.cluster.autoRun();
        Events told = new Events();
        told.listen(home.events::add);
        boot = new AppBoot(home.apps, home.board, new AppIssues(home.board, told));
    }

    @Test
    void aPhaseStartsItsOwnAppsWhoseBootIsAutomatic() throws InterruptedException {
        boot.start(Startup.SYSTEM, Duration.ZERO);
        assertEquals(List.of("local_first", "local_second"), started());
        boot.start(Startup.APPLICATION, Duration.ZERO);
        assertEquals(List.of("local_first", "local_second", "local_later"), started());
    }

    @Test
    void theUsersChoiceCountsUnlessTheManifestFixesIt() throws InterruptedException {
        home.apps.change("local_first", user -> user.withBoot("manual"));
        home.apps.change("local_manual", user -> user.withBoot("auto"));
        home.apps.change("local_fixed", user -> user.withBoot("auto"));
        boot.start(Startup.SYSTEM, Duration.ZERO);
        assertEquals(List.of("local_second", "local_manual"), started());
    }

    @Test
    void whatRunsOnceBelongsToNoPhase() throws InterruptedException {
        for (Startup phase : List.of(Startup.INITIALIZE, Startup.SYSTEM, Startup.SERVICES, Startup.APPLICATION)) {
            boot.start(phase, Duration.ZERO);
        }
        assertTrue(home.cluster.writes().stream().noneMatch(write -> write.startsWith("create jobs/")));
    }

    @Test
    void oneThatDoesNotStartIsAnIssueAndStopsNoOther() throws InterruptedException {
        home.cluster.failOn("apply deployments/local-first", AppsHome.away());
        boot.start(Startup.SYSTEM, Duration.ZERO);
        assertEquals(List.of("local_second"), started());
        assertTrue(
                home.events.toString().contains("App local_first did not start at boot: The API server is away"),
                home.events.toString());
    }

    @Test
    void aPhaseWithAppsTakesItsLeastTimeAndOneWithoutNone() throws InterruptedException {
        Duration least = Duration.ofSeconds(2);
        long begin = System.nanoTime();
        boot.start(Startup.SYSTEM, least);
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(taken.compareTo(least) >= 0, taken.toString());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> boot.start(Startup.INITIALIZE, Duration.ofSeconds(60)));
    }

    private void install(String slug, String more) {
        home.install(SAMPLE.replace("slug: sample", "slug: " + slug).replace("ports: {7/tcp: 7, 7/udp: 7}", "") + more
                + "\n");
    }

    private List<String> started() {
        return Stream.of("first", "second", "manual", "fixed", "later", "once")
                .map("local_"::concat)
                .filter(slug -> home.apps.state(slug) == AppState.STARTED)
                .toList();
    }
}
