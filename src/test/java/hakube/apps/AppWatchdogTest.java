package hakube.apps;

import static hakube.apps.AppsHome.NAME;
import static hakube.apps.AppsHome.SAMPLE;
import static hakube.apps.AppsHome.SLUG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.Logged;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app that runs and does not answer is restarted, within limits. */
class AppWatchdogTest {

    @TempDir
    private Path share;

    private final List<String> asked = new ArrayList<>();
    private boolean answers;
    private AppsHome home;
    private AppWatchdog watchdog;

    @BeforeEach
    void aWatchedAppRuns() {
        home = new AppsHome(share).wake();
        home.install(SAMPLE + "watchdog: \"http://[HOST]:[PORT:7]/ok\"\n");
        home.cluster.autoRun();
        home.apps.start(SLUG);
        watch(true);
        home.awaitIdle(SLUG);
        AppProbe probe = new AppProbe() {
            @Override
            boolean answers(String host, WatchdogAddress address) {
                asked.add(host + " " + address.port() + address.rest());
                return answers;
            }
        };
        watchdog = new AppWatchdog(home.apps, home.board, probe, home.jobs);
        home.cluster.forgetWrites();
    }

    @Test
    void twoMissesInARowAreARestart() {
        String token = home.token(NAME);
        look();
        assertEquals(List.of(), home.cluster.writes());
        look();
        assertEquals(1, restarts());
        assertTrue(!token.equals(home.token(NAME)), "a restart has a new token");
        String address = PodAddress.of(home.board.pods(SLUG).getFirst()).orElseThrow();
        look();
        assertEquals(address + " 7/ok", asked.getLast());
        assertEquals(AppState.STARTED, home.apps.state(SLUG));
    }

    @Test
    void anAnswerBetweenMakesTheNextMissTheFirst() {
        look();
        answers = true;
        look();
        answers = false;
        look();
        assertEquals(0, restarts());
    }

    @Test
    void afterFiveRestartsItIsLeftAloneUntilItAnswers() {
        try (Logged log = Logged.by(AppWatchdog.class)) {
            for (int round = 0; round < 2 * AppWatchdog.MOST_RESTARTS + 4; round++) {
                look();
            }
            assertEquals(AppWatchdog.MOST_RESTARTS, restarts());
            assertTrue(
                    log.lines().getLast().endsWith("restart 5 of 5, then it is left alone"),
                    log.lines().toString());
        }
        answers = true;
        look();
        answers = false;
        look();
        look();
        assertEquals(AppWatchdog.MOST_RESTARTS + 1, restarts());
    }

    /** The silent one is the first of the round, and of the next one. */
    @Test
    void anAppThatDoesNotAnswerHoldsUpNoOther() {
        home.install(SAMPLE.replace("slug: sample", "slug: sample2").replace("{7/tcp: 7, 7/udp: 7}", "{}")
                + "watchdog: \"http://[HOST]:[PORT:8]/ok\"\n");
        home.apps.start(SLUG + "2");
        watch(SLUG + "2", true);
        CountDownLatch isAsked = new CountDownLatch(2);
        CountDownLatch mayAnswer = new CountDownLatch(1);
        Queue<Integer> ports = new ConcurrentLinkedQueue<>();
        watchdog = new AppWatchdog(
                home.apps,
                home.board,
                new AppProbe() {
                    @Override
                    boolean answers(String host, WatchdogAddress address) {
                        ports.add(address.port());
                        if (address.port() == 7) {
                            Eventually.opens("leave to answer", mayAnswer);
                        } else {
                            isAsked.countDown();
                        }
                        return true;
                    }
                },
                home.jobs);

        List<Thread> first = watchdog.look();
        Eventually.holds("the one that answers", () -> isAsked.getCount() == 1);
        Eventually.ends(first.getLast());
        List<Thread> second = watchdog.look();

        Eventually.opens("the one that answers, again", isAsked);
        assertEquals(1, second.size(), "who is being asked is not asked once more");
        mayAnswer.countDown();
        first.forEach(Eventually::ends);
        second.forEach(Eventually::ends);
        assertEquals(List.of(7, 8, 8), ports.stream().sorted().toList());
    }

    @Test
    void whoIsNotWatchedIsNotAsked() {
        watch(false);
        look();
        assertEquals(List.of(), asked);
        watch(true);
        home.apps.stop(SLUG);
        look();
        assertEquals(List.of(), asked, "it is stopped");
    }

    @Test
    void whileSomebodyWorksOnItNobodyAsks() {
        home.cluster.before("scale", this::look);
        home.apps.stop(SLUG);
        assertEquals(List.of(), asked);
    }

    @Test
    void aRestartThatFailsIsToldAndTheNextRoundGoesOn() {
        home.cluster.failOn("apply deployments/", AppsHome.away());
        try (Logged log = Logged.by(AppWatchdog.class)) {
            look();
            look();
            assertEquals(
                    "App local_sample could not be restarted: The API server is away",
                    log.lines().getLast());
        }
        home.cluster.recover();
        look();
        assertEquals(2, asked.size(), "it does not run now");
    }

    private void watch(boolean on) {
        watch(SLUG, on);
    }

    private void watch(String slug, boolean on) {
        home.apps.change(slug, user -> user.withFlags(new UserLayer.Flags(false, true, false, on, false)));
        home.awaitIdle(slug);
    }

    private void look() {
        watchdog.look().forEach(Eventually::ends);
    }

    private long restarts() {
        return home.cluster.writes().stream()
                .filter(("scale deployments/" + NAME + " 1")::equals)
                .count();
    }
}
