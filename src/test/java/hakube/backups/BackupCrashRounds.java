package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import hakube.testing.Eventually;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Kills the Supervisor at random points of a full backup, of its copying to a further place and of an upload, starts it again, and looks
 * whether what is listed is whole, whether nothing half is left, whether all that ran runs again, Core was let go, and the job tells of
 * its end.
 */
final class BackupCrashRounds {

    private static final Duration SETTLED = Duration.ofSeconds(60);
    private static final int LARGE = 6;
    /** Behind every so manieth backup there are a freeze and an upload. */
    private static final int EACH_FREEZE = 5;
    /** Every so manieth backup is encrypted. */
    private static final int EACH_ENCRYPTED = 3;
    /** Every so manieth backup is cut off while it is copied. */
    private static final int EACH_COPY = 4;
    /** A copy, and what is left of an upload that has begun, take about as long. */
    private static final long MOMENT_NANOS = Duration.ofMillis(80).toNanos();

    private static final Duration BEGUN = Duration.ofSeconds(60);

    private final BackupWorld world;
    private final Random random;
    /** How often a kill met which stage. */
    private final Map<String, Integer> seen = new TreeMap<>();
    /** How long an undisturbed backup takes. */
    private long nanos;
    /** A whole backup. */
    private byte[] archive;

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
                    crash.upload(round);
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
        archive = Files.readAllBytes(world.file(job.get("reference").getAsString()));
    }

    private void round(int round) throws Exception {
        forgetBackups();
        boolean isEncrypted = round % EACH_ENCRYPTED == 0;
        boolean isCopied = round % EACH_COPY == 0;
        long delay = random.nextLong(isCopied ? MOMENT_NANOS : nanos);
        String job = world.begin("full", request(isEncrypted, isCopied));
        if (isCopied) {
            Eventually.holds(
                    "a copy", BEGUN, () -> !world.files(BackupLocation.CLOUD).isEmpty());
        }
        LockSupport.parkNanos(delay);
        world.supervisor.kill();
        int told = world.told().size();
        world.supervisor.startToRunning();
        String what = "round " + round + ", encrypted " + isEncrypted + ", copied " + isCopied + ", killed after "
                + Duration.ofNanos(delay).toMillis() + " ms";
        world.supervisor.await("an end of what was cut off, " + what, SETTLED, world::isSettled);
        world.awaitCore();
        world.assertNothingHalf(what);
        assertJobTells(job, what);
        if (told > 0 && world.told().size() > told) {
            assertEquals("backup/end", world.told().get(told), what);
        }
        assertEquals("backup/end", world.told().getLast(), what);
    }

    private static String request(boolean isEncrypted, boolean isCopied) {
        JsonObject request = new JsonObject();
        request.addProperty("background", true);
        if (isEncrypted) {
            request.addProperty("password", BackupWorld.PASSWORD);
        }
        if (isCopied) {
            JsonArray locations = new JsonArray();
            Stream.of(BackupLocation.LOCAL, BackupLocation.CLOUD).forEach(place -> locations.add(place.key()));
            request.add("location", locations);
        }
        return request.toString();
    }

    /** Whoever was told that it is there finds it. */
    private void upload(int round) throws Exception {
        forgetBackups();
        long delay = random.nextLong(MOMENT_NANOS);
        AtomicBoolean isTaken = new AtomicBoolean();
        String token = world.supervisor.token();
        Thread caller = Thread.startVirtualThread(() -> {
            try {
                isTaken.set(new UploadClient(world.supervisor.api())
                                .upload(UploadClient.UPLOAD, token, archive)
                                .status()
                        == 200);
            } catch (IOException cutOff) {
                // That is the point of it.
            }
        });
        Eventually.holds(
                "an upload", BEGUN, () -> !world.files(BackupLocation.LOCAL).isEmpty());
        LockSupport.parkNanos(delay);
        world.supervisor.kill();
        Eventually.ends(caller);
        world.supervisor.startToRunning();
        String what = "round " + round + ", an upload killed after "
                + Duration.ofNanos(delay).toMillis() + " ms";
        world.assertNothingHalf(what);
        assertTrue(world.listed().size() == 1 || !isTaken.get(), what);
        count(world.listed().isEmpty() ? "upload" : "upload, which had ended");
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
            SupervisorProcess.Answer answer = world.askAsCore("DELETE", "/backups/" + slug, "");
            assertEquals(200, answer.status(), answer.body());
        }
    }
}
