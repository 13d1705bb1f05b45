package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What Home Assistant asks again and again, with 50 installed apps: from the bytes that are kept ready, and, with a query that
 * nobody looks at, made anew by the same resource. In turns, so that both sides meet the same machine.
 * {@code -Dhakube.bench.options}: Java options besides those of {@code config/java.options}, parted by blanks.
 */
class ReadsSlowIT {

    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(10);
    private static final double P99_MILLIS = 20;
    private static final double MOST_MIB = 240;
    private static final List<String> PATHS = List.of("/core/info", "/addons");

    @TempDir
    private Path folder;

    @Test
    void cachedReadsAnswerWithinTwentyMilliseconds() throws Exception {
        try (Space space = ControlPlane.namespace("reads");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            BenchOptions.given().forEach(supervisor::withJavaOption);
            ManyApps.offer(supervisor, ManyApps.FIFTY);
            supervisor.startToRunning();
            ManyApps.install(supervisor, ManyApps.FIFTY);
            assertEquals(
                    ManyApps.FIFTY,
                    supervisor.get("/addons").data().getAsJsonArray("addons").size());
            Figures.tell("reads, " + ManyApps.FIFTY + " apps, " + CONNECTIONS + " connections, "
                    + String.join(" ", BenchOptions.given()) + " " + Figures.load());
            for (String path : PATHS) {
                compare(supervisor, path);
            }
            double resident = Resident.of(supervisor.pid()).all();
            Figures.tell(String.format(Locale.ROOT, "resident after load: %.0f MiB", resident));
            assertTrue(resident <= MOST_MIB, resident + " MiB");
        }
    }

    private static void compare(SupervisorProcess supervisor, String path) throws IOException {
        Load ready = load(supervisor, path);
        Load made = load(supervisor, path + "?made=anew");
        ready.run(CONNECTIONS, WARM_UP);
        made.run(CONNECTIONS, WARM_UP);
        double[] p99 = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            Load.Result result = ready.run(CONNECTIONS, ROUND);
            p99[round] = result.p99();
            Figures.tell(path + " ready: " + result);
            Figures.tell(path + " made:  " + made.run(CONNECTIONS, ROUND));
        }
        assertTrue(Figures.median(p99) < P99_MILLIS, path + ": p99 " + Figures.median(p99) + " ms");
    }

    private static Load load(SupervisorProcess supervisor, String path) throws IOException {
        String expected = supervisor.get(path).body();
        int length = expected.getBytes(StandardCharsets.UTF_8).length;
        return new Load(supervisor.api(), path, supervisor.token(), length);
    }
}
