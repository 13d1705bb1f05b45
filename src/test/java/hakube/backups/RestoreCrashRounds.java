package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the Supervisor at random points of a full restore, starts it again, and looks whether every folder is whole, old or new, and
 * whether all that ran before runs again.
 */
final class RestoreCrashRounds {

    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final RestoreWorld world;
    private final Random random;
    private final Map<String, String> now = new TreeMap<>();
    private final Map<String, Integer> seen = new TreeMap<>();
    /** How long an undisturbed restore took last. */
    private long nanos;

    private RestoreCrashRounds(RestoreWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** Prints its seed; {@code -Dhakube.seed=N} repeats the choice of the points. */
    static void run(Path folder, int rounds) throws IOException, ApiException {
        long seed = Long.getLong("hakube.seed", System.nanoTime());
        System.out.println("restore crash rounds: " + rounds + ", seed " + seed);
        try (RestoreWorld world = new RestoreWorld(folder, "restorecrash").begin("0")) {
            RestoreCrashRounds crash = new RestoreCrashRounds(world, seed);
            crash.undisturbed();
            for (int round = 1; round <= rounds; round++) {
                crash.round(round);
            }
            System.out.println("restore crash rounds ended: " + crash.seen);
        }
    }

    private void undisturbed() throws IOException {
        world.lay("1.0");
        long begin = System.nanoTime();
        world.awaitEnd(world.restore("{\"background\": true}"));
        nanos = System.nanoTime() - begin;
        System.out.println(
                "an undisturbed restore took " + Duration.ofNanos(nanos).toMillis() + " ms");
        for (String tree : RestoreWorld.TREES) {
            assertEquals("1.0", world.generation(tree, "undisturbed"));
            now.put(tree, "1.0");
        }
    }

    private void round(int round) throws IOException {
        String fresh = "1." + round;
        world.lay(fresh);
        long delay = random.nextLong(nanos);
        String job = world.restore("{\"background\": true}");
        // Every other kill meets what comes after the archive was checked.
        if (round % 2 == 1) {
            delay /= 2;
            world.supervisor.await("the end of the check", SETTLED, () -> world.isTouching() || world.isSettled());
        }
        LockSupport.parkNanos(delay);
        world.supervisor.kill();
        world.supervisor.startToRunning();
        String what = "round " + round + ", killed " + Duration.ofNanos(delay).toMillis() + " ms after the answer";
        world.supervisor.await("an end of what was cut off, " + what, SETTLED, world::isSettled);
        world.supervisor.await("what ran before, " + what, SETTLED, () -> isAllRunning());
        int replaced = 0;
        for (String tree : RestoreWorld.TREES) {
            String found = world.generation(tree, what);
            assertTrue(found.equals(now.get(tree)) || found.equals(fresh), what + ": " + tree + " is of " + found);
            replaced += found.equals(fresh) ? 1 : 0;
            now.put(tree, found);
        }
        seen.merge(replaced + " of " + RestoreWorld.TREES.size() + " new", 1, Integer::sum);
        assertVersionsMatchData(what);
        assertJobIsToldAsFailed(job, what);
    }

    private boolean isAllRunning() {
        try {
            return world.isAllRunning();
        } catch (ApiException failure) {
            throw new AssertionError(failure);
        }
    }

    /** What is known of an app and what lies in its folder are of one backup. */
    private void assertVersionsMatchData(String what) throws IOException {
        for (String slug : new String[] {RestoreWorld.ONE, RestoreWorld.TWO}) {
            String version = world.supervisor
                    .get("/addons/" + slug + "/info")
                    .data()
                    .get("version")
                    .getAsString();
            assertEquals(now.get("addons/data/" + slug), version, what + ": " + slug);
        }
    }

    /** Unless it was through, and then it is gone with its process. */
    private void assertJobIsToldAsFailed(String job, String what) throws IOException {
        var answer = world.supervisor.get("/jobs/" + job);
        if (answer.status() == 200) {
            JsonObject told = answer.data();
            assertTrue(told.get("done").getAsBoolean(), what);
            assertEquals(1, told.getAsJsonArray("errors").size(), what + ": " + told);
        } else {
            assertEquals(404, answer.status(), what);
        }
    }
}
