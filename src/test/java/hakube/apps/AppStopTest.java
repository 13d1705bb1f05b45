package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import hakube.api.ApiFailure;
import hakube.kubernetes.Kind;
import hakube.kubernetes.Labels;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stops, restarts, runs that end by themselves, and who has to wait. */
class AppStopTest {

    private static final Duration AT_ONCE = Duration.ofSeconds(20);
    private static final String ONCE = """
            name: Once
            version: "1"
            slug: once
            description: Runs once
            arch: [amd64]
            image: localhost/once
            startup: once
            """;

    @TempDir
    private Path share;

    private AppsHome home;

    @BeforeEach
    void wake() {
        home = new AppsHome(share).wake();
    }

    @Test
    void aStopWaitsUntilThePodIsGone() {
        home.run();
        home.cluster.forgetWrites();
        home.apps.stop(SLUG);
        assertEquals(List.of("scale deployments/" + NAME + " 0"), home.cluster.writes());
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
        assertEquals(List.of(), home.board.pods(SLUG));
    }

    @Test
    void aStopIsNotHeldUpByAPodThatItsNodeGaveUp() {
        home.run();
        V1Pod evicted = TestPods.born(TestPods.pending(SLUG), 1)
                .status(new V1PodStatus().phase("Failed").reason("Evicted"));
        home.cluster.put(Kind.POD, evicted);
        assertTimeout(AT_ONCE, () -> home.apps.stop(SLUG));
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
        assertEquals(List.of(), home.board.pods(SLUG));
    }

    @Test
    void aStopOfAStoppedAppForgetsHowItsLastRunEnded() {
        home.install(SAMPLE);
        home.cluster.annotate(Kind.DEPLOYMENT, NAME, Map.of(Labels.EXIT_CODE, "3"));
        home.apps.stop(SLUG);
        assertEquals(AppState.STOPPED, home.apps.state(SLUG));
    }

    @Test
    void aRestartReplacesThePodAndTheToken() {
        home.run();
        String token = home.token(NAME);
        String pod = home.board.pods(SLUG).getFirst().getMetadata().getUid();
        home.apps.restart(SLUG);
        assertNotEquals(token, home.token(NAME));
        assertNotEquals(pod, home.board.pods(SLUG).getFirst().getMetadata().getUid());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @Test
    void aRestartThatAPortWouldKeepFromStartingStopsNothing() {
        home.run();
        home.install(SAMPLE.replace("slug: sample", "slug: other").replace("{7/tcp: 7, 7/udp: 7}", "{8/tcp: 8}"));
        home.apps.start("local_other");
        home.apps.change(SLUG, user -> user.withNetwork(Optional.of(Map.of("7/tcp", 8))));
        home.cluster.forgetWrites();
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> home.apps.restart(SLUG));
        assertEquals(Optional.of("app_port_conflict"), failure.errorKey());
        assertEquals(List.of(), home.cluster.writes());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @ParameterizedTest
    @CsvSource({
        "start, apply secrets/, 1.0 STARTED",
        "update, scale deployments/, 2.0 STARTED",
        "uninstall, scale deployments/, none UNKNOWN"
    })
    void aBusyAppRefusesEveryOtherVerb(String busy, String write, String end) {
        Map<String, Consumer<String>> verbs = Map.of(
                "start", home.apps::start,
                "stop", home.apps::stop,
                "restart", home.apps::restart,
                "rebuild", home.rebuild::run,
                "update", _ -> home.update("2.0"),
                "uninstall", slug -> home.apps.uninstall(slug, false),
                "options", slug -> home.apps.change(slug, user -> user));
        home.run();
        if (busy.equals("start")) {
            home.apps.stop(SLUG);
        }
        List<String> refusals = new ArrayList<>();
        Runnable all = () -> verbs.values()
                .forEach(verb -> refusals.add(assertThrows(ApiFailure.BadRequest.class, () -> verb.accept(SLUG))
                        .getMessage()));
        // On another thread: what the verb itself does is part of it.
        home.cluster.before(write, () -> CompletableFuture.runAsync(all).join());
        verbs.get(busy).accept(SLUG);
        assertEquals(Set.of("Another job is running for job group app_" + SLUG), Set.copyOf(refusals));
        assertEquals(verbs.size(), refusals.size());
        assertEquals(end, home.apps.version(SLUG).orElse("none") + " " + home.apps.state(SLUG));
    }

    @Test
    void anUnknownAppIsToldSo() {
        for (Consumer<String> verb : List.<Consumer<String>>of(home.apps::start, home.apps::stop, home.apps::restart)) {
            ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> verb.accept("local_unknown"));
            assertEquals("App is not installed", failure.getMessage());
        }
        assertEquals(AppState.UNKNOWN, home.apps.state("local_unknown"));
    }

    @Test
    void whatRunsOnceRunsAsAJobAndItsDeploymentStaysAtNothing() {
        home.install(ONCE);
        home.cluster.onWrite(write -> {
            if (write.equals("create jobs/local-once")) {
                home.cluster.put(Kind.POD, TestPods.ofJob(TestPods.ended("local_once", 0)));
            }
        });
        assertTimeout(AT_ONCE, () -> home.apps.start("local_once"));
        assertEquals(AppState.STOPPED, home.apps.state("local_once"));
        assertEquals(0, home.deployment("local-once").getSpec().getReplicas());
        assertFalse(home.cluster.writes().toString().contains("scale"));
    }

    @Test
    void aSecondRunReplacesTheJobOfTheFirst() {
        home.install(ONCE);
        List<String> made = new ArrayList<>();
        home.cluster.onWrite(write -> {
            if (write.equals("create jobs/local-once")) {
                made.add(write);
                home.cluster.put(Kind.POD, TestPods.ofJob(TestPods.ended("local_once", made.size() == 1 ? 4 : 0)));
            } else if (write.equals("delete jobs/local-once")) {
                home.cluster.remove(Kind.POD, "local-once-pod-run");
            }
        });
        assertThrows(ApiFailure.Internal.class, () -> home.apps.start("local_once"));
        assertEquals(AppState.ERROR, home.apps.state("local_once"));
        AppsHome.await("the code kept", () -> AppStates.exitCode(home.deployment("local-once")) == 4);
        home.awaitIdle("local_once");
        home.apps.start("local_once");
        assertEquals(AppState.STOPPED, home.apps.state("local_once"));
        assertEquals(2, made.size());
    }
}
