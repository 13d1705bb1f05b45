package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The API server fails at each single write of each verb. */
class AppsFaultTest {

    private static final List<String> WRITES = List.of("apply", "create", "swap", "annotate", "scale", "delete");

    @TempDir
    private Path disk;

    @ParameterizedTest
    @EnumSource(AppsVerb.class)
    void aWriteThatFailsLeavesNothingHalfDone(AppsVerb verb) throws IOException {
        int at = 0;
        while (failsAt(verb, at, false)) {
            at++;
        }
        assertTrue(at >= 1, "no write was met");
    }

    @ParameterizedTest
    @EnumSource(AppsVerb.class)
    void anApiServerThatStaysAwayLeavesNothingThatTheNextStartDoesNotMend(AppsVerb verb) throws IOException {
        int at = 0;
        while (failsAt(verb, at, true)) {
            at++;
        }
        assertTrue(at >= 1, "no write was met");
    }

    /** Whether there was a write of that number. */
    private boolean failsAt(AppsVerb verb, int number, boolean stays) throws IOException {
        String when = verb + " without write " + number + (stays ? " and all later ones" : "");
        AppsHome home = verb.prepare(disk.resolve(verb + "-" + number + "-" + stays));
        AtomicBoolean working = new AtomicBoolean(true);
        AtomicBoolean failed = new AtomicBoolean();
        failFrom(home, number, stays, () -> working.get() && failed.compareAndSet(false, true));
        ApiFailure told = null;
        try {
            verb.run(home);
        } catch (ApiFailure failure) {
            told = failure;
        }
        working.set(false);
        home.cluster.recover();
        home.awaitIdle(AppsHome.SLUG);
        // Once it is stopped for a backup its start is tried again until it goes well.
        boolean isMadeUpFor = verb == AppsVerb.COLD_BACKUP && !stays && number > 0;
        assertEquals(failed.get() && !isMadeUpFor, told != null, when + " told " + told);
        if (told != null) {
            assertEquals("The API server is away", told.getMessage(), when);
        }
        AppsHome now = home;
        if (stays) {
            now = new AppsHome(home.share, home.cluster).wake();
            now.awaitIdle(AppsHome.SLUG);
        }
        Order.check(now, when);
        if (now.apps.isInstalled(AppsHome.SLUG)) {
            AppRecoveryTest.assertIsOneVersion(now, when);
        }
        if (verb == AppsVerb.UPDATE || verb == AppsVerb.COLD_BACKUP) {
            assertEquals(AppState.STARTED, now.apps.state(AppsHome.SLUG), when);
        }
        Order.checkGoesOn(now, when);
        now.awaitIdle(AppsHome.SLUG);
        return failed.get();
    }

    private static void failFrom(AppsHome home, int number, boolean stays, BooleanSupplier isDue) {
        AtomicInteger done = new AtomicInteger();
        Runnable arm = () -> WRITES.forEach(verb -> home.cluster.before(verb, () -> {
            if (isDue.getAsBoolean()) {
                if (stays) {
                    home.cluster.failOn("", AppsHome.away());
                } else {
                    home.cluster.failNext(AppsHome.away());
                }
            }
        }));
        if (number == 0) {
            arm.run();
        }
        home.cluster.onWrite(write -> {
            if (done.incrementAndGet() == number) {
                arm.run();
            }
        });
    }
}
