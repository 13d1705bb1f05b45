package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Home Assistant asks all the time, quiet and while a backup is written on the same two cores: the backup is patient, whoever asks
 * is not.
 */
class BackupLoadSlowIT {

    /** Home Assistant, and a few browsers behind it. */
    private static final int CONNECTIONS = 4;

    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final int QUIET_ROUNDS = 5;
    private static final int LEAST_ROUNDS = 3;
    private static final double MOST_TIMES = 2;
    private static final int FILES = 40;
    private static final int FILE_OCTETS = 16 << 20;
    private static final List<String> PATHS = List.of("/core/info", "/addons", "/backups");

    @TempDir
    private Path folder;

    @Test
    void answersStayQuickWhileABackupIsWritten() throws Exception {
        Wrk.prepare();
        List<String> missed = new ArrayList<>();
        try (Space space = ControlPlane.namespace("backup-load");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            BenchOptions.given().forEach(supervisor::withJavaOption);
            supervisor.startToRunning();
            fill(supervisor.share().resolve("share"));
            Figures.tell("a backup beside " + CONNECTIONS + " connections, " + Figures.load());
            for (String path : PATHS) {
                compare(supervisor, path, missed);
            }
            Figures.tell(String.format(
                    Locale.ROOT,
                    "resident at most: %.0f MiB",
                    Resident.of(supervisor.pid()).peak()));
        }
        assertTrue(missed.isEmpty(), String.join(", ", missed));
    }

    private static void compare(SupervisorProcess supervisor, String path, List<String> missed) throws Exception {
        run(supervisor, path);
        List<Wrk.Round> quiet = new ArrayList<>();
        for (int round = 0; round < QUIET_ROUNDS; round++) {
            quiet.add(run(supervisor, path));
        }
        String job = begin(supervisor);
        List<Wrk.Round> busy = new ArrayList<>();
        Wrk.Round last = run(supervisor, path);
        // The round in which the backup ends is none of its own.
        while (!isDone(supervisor, job)) {
            busy.add(last);
            last = run(supervisor, path);
        }
        assertTrue(busy.size() >= LEAST_ROUNDS, "the backup was over after " + busy.size() + " rounds");
        double before = Wrk.Round.median(quiet, Wrk.Round::p99);
        double during = Wrk.Round.median(busy, Wrk.Round::p99);
        Figures.tell(String.format(
                Locale.ROOT,
                "%s: p99 %.2f ms quiet (%.0f/s), %.2f ms during a backup (%.0f/s), %d rounds",
                path,
                before,
                Wrk.Round.median(quiet, Wrk.Round::rate),
                during,
                Wrk.Round.median(busy, Wrk.Round::rate),
                busy.size()));
        if (during > MOST_TIMES * before) {
            missed.add(path);
        }
    }

    private static Wrk.Round run(SupervisorProcess supervisor, String path) throws IOException, InterruptedException {
        return Wrk.run(
                supervisor.api().resolve(path).toString(),
                List.of("Authorization: Bearer " + supervisor.token()),
                supervisor.pid(),
                ROUND,
                CONNECTIONS);
    }

    private static String begin(SupervisorProcess supervisor) throws IOException {
        SupervisorProcess.Answer answer =
                supervisor.ask("POST", "/backups/new/partial", "{\"folders\":[\"share\"],\"background\":true}");
        assertEquals(200, answer.status(), answer.body());
        return answer.data().get("job_id").getAsString();
    }

    private static boolean isDone(SupervisorProcess supervisor, String job) throws IOException {
        JsonObject told = supervisor.get("/jobs/" + job).data();
        boolean isDone = told.get("done").getAsBoolean();
        assertFalse(isDone && !told.getAsJsonArray("errors").isEmpty(), told.toString());
        return isDone;
    }

    /** Half of it words, as in a history, and half of it noise, as in pictures. */
    private static void fill(Path share) throws IOException {
        Random random = new Random(1);
        byte[] content = new byte[FILE_OCTETS];
        for (int file = 0; file < FILES; file++) {
            random.nextBytes(content);
            if (file % 2 == 0) {
                for (int i = 0; i < content.length; i++) {
                    content[i] = (byte) ('a' + (content[i] & 7));
                }
            }
            Files.write(share.resolve("file-" + file), content);
        }
    }
}
