package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.AotCache;
import hakube.testing.ControlPlane;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a start takes that finds an installation, and what memory the process then has. {@code -Dhakube.bench.options}, Java
 * options parted by blanks, adds a second side with these besides those of {@code config/java.options}, in turns with the first.
 */
class ProcessSlowIT {

    private static final int STARTS = 10;
    private static final String IMAGE = "as in the image";
    private static final String PLAIN = "without the cache";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String OK = "HTTP/1.1 200 ";
    private static final double PING_MILLIS = 3000;
    private static final double GOAL_MIB = 192;
    private static final double MOST_MIB = 240;
    /** What a start leaves to do, such as the first answers of the watches, is done by then. */
    private static final Duration WATCHED = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private record Start(double ping, double running, Resident resident) {}

    @Test
    void answersWithinThreeSecondsInLittleMemory() throws Exception {
        try (Space space = ControlPlane.namespace("process")) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            Map<String, SupervisorProcess> sides = sides(space);
            SupervisorProcess first = sides.get(IMAGE);
            ManyApps.offer(first, ManyApps.FIFTY);
            first.startToRunning();
            ManyApps.install(first, ManyApps.FIFTY);
            first.stop();

            Map<String, List<Start>> starts = new LinkedHashMap<>();
            for (int round = 0; round < STARTS; round++) {
                for (Map.Entry<String, SupervisorProcess> side : sides.entrySet()) {
                    starts.computeIfAbsent(side.getKey(), _ -> new ArrayList<>())
                            .add(start(side.getValue()));
                }
            }
            Figures.tell("process, " + ManyApps.FIFTY + " apps, " + STARTS + " starts, " + Figures.load());
            for (Map.Entry<String, List<Start>> side : starts.entrySet()) {
                tell(side.getKey(), side.getValue());
            }
            double ping = Figures.median(values(starts.get(IMAGE), Start::ping));
            assertTrue(ping < PING_MILLIS, ping + " ms until the first answer");
            for (String side : List.of(IMAGE, PLAIN)) {
                double resident = Figures.median(
                        values(starts.get(side), start -> start.resident().all()));
                assertTrue(resident <= MOST_MIB, resident + " MiB " + side);
                if (resident > GOAL_MIB) {
                    Figures.tell(String.format(Locale.ROOT, "the goal of %.0f MiB is not reached %s", GOAL_MIB, side));
                }
            }
        }
    }

    private Map<String, SupervisorProcess> sides(Space space) throws Exception {
        Map<String, SupervisorProcess> sides = new LinkedHashMap<>();
        Path cache = AotCache.make(Files.createDirectory(folder.resolve("aot")));
        sides.put(IMAGE, new SupervisorProcess(space, folder).withJavaOption("-XX:AOTCache=" + cache));
        sides.put(PLAIN, new SupervisorProcess(space, folder));
        String options = System.getProperty("hakube.bench.options", "");
        if (!options.isBlank()) {
            SupervisorProcess other = new SupervisorProcess(space, folder);
            List.of(options.strip().split(" +")).forEach(other::withJavaOption);
            sides.put("with " + options, other);
        }
        return sides;
    }

    private static Start start(SupervisorProcess supervisor) throws Exception {
        int port = freePort();
        supervisor.with("SERVER_PORT", String.valueOf(port));
        long start = System.nanoTime();
        CompletableFuture<Double> ping = CompletableFuture.supplyAsync(() -> awaitPing(port, start));
        supervisor.startToRunning();
        double running = Figures.millisSince(start);
        long end = System.nanoTime() + WATCHED.toNanos();
        supervisor.await("the end of what a start does later", LIMIT, () -> System.nanoTime() - end > 0);
        Resident resident = Resident.of(supervisor.pid());
        supervisor.stop();
        return new Start(ping.get(1, TimeUnit.SECONDS), running, resident);
    }

    private static double awaitPing(int port, long start) {
        while (!isAnswered(port)) {
            if (Figures.millisSince(start) > LIMIT.toMillis()) {
                throw new AssertionError("no answer to /supervisor/ping");
            }
            LockSupport.parkNanos(5_000_000);
        }
        return Figures.millisSince(start);
    }

    private static boolean isAnswered(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.getOutputStream()
                    .write("GET /supervisor/ping HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] begin = socket.getInputStream().readNBytes(OK.length());
            return new String(begin, StandardCharsets.US_ASCII).equals(OK);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void tell(String what, List<Start> starts) throws IOException {
        Figures.tell(what + ": ping " + Figures.summary(values(starts, Start::ping)) + ", running "
                + Figures.summary(values(starts, Start::running))
                + String.format(
                        Locale.ROOT,
                        ", resident median %.0f MiB, of it anonymous %.0f MiB, peak %.0f MiB",
                        Figures.median(values(starts, start -> start.resident().all())),
                        Figures.median(values(starts, start -> start.resident().anonymous())),
                        Figures.median(values(starts, start -> start.resident().peak()))));
    }

    private static double[] values(List<Start> starts, ToDoubleFunction<Start> field) {
        return starts.stream().mapToDouble(field).toArray();
    }

    /** Below the ports of outgoing connections: one of those that asks too early can reach itself. */
    private static int freePort() throws IOException {
        int port = 20_000;
        while (true) {
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                port++;
            }
        }
    }
}
