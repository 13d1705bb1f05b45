package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.Eventually;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Kills the Supervisor at random points of a full backup, starts it again, and looks whether what is listed is whole, whether nothing
 * half is left, whether all that ran runs again, Core was let go, and the job tells of its end.
 */
final class BackupCrashRounds {

    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int LARGE = 6;
    /** Behind every so manieth backup there is a freeze. */
    private static final int EACH_FREEZE = 5;

    private final BackupWorld world;
    private final Random random;
    /** How often a kill met which stage. */
    private final Map<String, Integer> seen = new TreeMap<>();
    /** How long an undisturbed backup takes. */
    private long nanos;

    private BackupCrashRounds(BackupWorld world, long seed) {
        this.world = world;
        this.random = new Random(seed);
    }

    /** So many backups are cut off. Prints its seed; {@code -Dhakube.seed=N} repeats the choice of the points. */
    static void run(Path folder, int rounds) throws Exception {
        long seed = Long.getLong("hakube.seed", System.nanoTime());
        System.out.println("backup crash rounds: " + rounds + ", seed " + seed);
        try (BackupWorld world = new BackupWorld(folder, "backupcrash").begin(LARGE)) {
            BackupCrashRounds crash = new BackupCrashRounds(world, seed);
            crash.whole("undisturbed");
            for (int round = 1; round <= rounds; round++) {
                crash.round(round);
                if (round % EACH_FREEZE == 0) {
                    crash.frozen(round);
                }
            }
            crash.whole("after all rounds");
            System.out.println("backup crash rounds ended: " + crash.seen + ", "
                    + Duration.ofNanos(crash.nanos).toMillis() + " ms each");
        }
    }

    private void whole(String what) throws IOException {
        long begin = System.nanoTime();
        JsonObject job = world.awaitEnd(world.begin("full", "{\"background\": true}"));
        nanos = System.nanoTime() - begin;
        assertEquals("[]", job.get("errors").toString(), what);
        world.assertNothingHalf(what);
    }

    private void round(int round) throws Exception {
        forgetBackups();
        long delay = random.nextLong(nanos);
        String job = world.begin("full", "{\"background\": true}");
        LockSupport.parkNanos(delay);
        world.supervisor.kill();
        int told = world.told().size();
        world.supervisor.startToRunning();
        String what =
                "round " + round + ", killed after " + Duration.ofNanos(delay).toMillis() + " ms";
        world.supervisor.await("an end of what was cut off, " + what, SETTLED, world::isSettled);
        world.awaitCore();
        world.assertNothingHalf(what);
        assertJobTells(job, what);
        if (told > 0 && world.told().size() > told) {
            assertEquals("backup/end", world.told().get(told), what);
        }
        assertEquals("backup/end", world.told().getLast(), what);
    }

    /** The same while all are brought to a standstill, or stand still. */
    private void frozen(int round) throws Exception {
        long delay = random.nextLong(nanos / 2);
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                world.supervisor.post("/backups/freeze");
            } catch (IOException cutOff) {
                // That is the point of it.
            }
        });
        LockSupport.parkNanos(delay);
        world.supervisor.kill();
        Eventually.ends(caller);
        world.supervisor.startToRunning();
        String what = "round " + round + ", a freeze killed after "
                + Duration.ofNanos(delay).toMillis() + " ms";
        world.supervisor.await("an end of the freeze, " + what, SETTLED, world::isSettled);
        assertEquals("backup/end", world.told().getLast(), what);
        count("freeze");
    }

    /** Whoever waits for the job learns that it failed, and where; one that had ended is forgotten with its process. */
    private void assertJobTells(String id, String what) throws IOException {
        SupervisorProcess.Answer answer = world.supervisor.get("/jobs/" + id);
        if (answer.status() == 404) {
            assertEquals(1, world.listed().size(), what + ": the backup had ended");
            count("ended");
            return;
        }
        JsonObject job = answer.data();
        assertTrue(job.get("done").getAsBoolean(), what);
        assertEquals(1, job.getAsJsonArray("errors").size(), what + job);
        assertEquals("backup_manager_full_backup", job.get("name").getAsString(), what);
        count(job.get("stage").isJsonNull() ? "none" : job.get("stage").getAsString());
    }

    private void count(String stage) {
        seen.merge(stage, 1, Integer::sum);
    }

    private void forgetBackups() throws IOException {
        for (String slug : world.listed()) {
            SupervisorProcess.Answer answer = world.supervisor.ask("DELETE", "/backups/" + slug, "");
            assertEquals(200, answer.status(), answer.body());
        }
    }
}
