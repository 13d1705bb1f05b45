package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.LoopbackApp;
import hakube.testing.Nginx;
import hakube.testing.RawWebSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** WebSockets through ingress: echoes against nginx, both to the same app in turns, and the memory of those on which nothing happens. */
class IngressWebSocketSlowIT {

    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 16;
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final double SHARE = 0.5;
    private static final int IDLE = 5000;

    /** More than it takes them to give their threads back. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private static final double KILOBYTES = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void echoesHalfOfWhatNginxDoes() throws Exception {
        Path nginxFolder = Files.createDirectory(folder.resolve("nginx"));
        InetSocketAddress proxy = IngressWorld.free();
        try (IngressWorld world = IngressWorld.open(folder.resolve("supervisor"));
                LoopbackApp app = StreamApp.listen(world.app());
                Nginx nginx = Nginx.start(nginxFolder, NginxTexts.proxy(nginxFolder, proxy, app.address()), proxy)) {
            Figures.tell("ingress, echoes of WebSockets, " + CONNECTIONS + " connections, " + Figures.load());
            List<EchoLoad.Round> theirs = new ArrayList<>();
            List<EchoLoad.Round> ours = new ArrayList<>();
            EchoLoad.run(world.ours("/echo"), world.cookie(), CONNECTIONS, ROUND, world.pid());
            for (int round = 0; round < ROUNDS; round++) {
                theirs.add(EchoLoad.run(
                        IngressWorld.at(proxy, "/echo"), world.cookie(), CONNECTIONS, ROUND, nginx.worker()));
                ours.add(EchoLoad.run(world.ours("/echo"), world.cookie(), CONNECTIONS, ROUND, world.pid()));
            }
            double share = median(ours, EchoLoad.Round::rate) / median(theirs, EchoLoad.Round::rate);
            Figures.tell(String.format(
                    Locale.ROOT,
                    "echoes: %.0f/s, %.2f of nginx's %.0f/s; processor time %.0f µs (nginx %.0f µs)",
                    median(ours, EchoLoad.Round::rate),
                    share,
                    median(theirs, EchoLoad.Round::rate),
                    median(ours, EchoLoad.Round::cpu),
                    median(theirs, EchoLoad.Round::cpu)));
            assertTrue(share >= SHARE, "share " + share);
        }
    }

    @Test
    void idleOnesCostLittle() throws Exception {
        List<RawWebSocket> open = new ArrayList<>();
        try (IngressWorld world = IngressWorld.open(folder.resolve("idle"));
                LoopbackApp app = StreamApp.listen(world.app())) {
            // What the first of them cost is not theirs alone.
            connect(world, open, CONNECTIONS);
            double before = collected(world.pid());
            connect(world, open, IDLE);
            assertEquals(IDLE + CONNECTIONS, app.open());
            Thread.sleep(SILENCE);
            double after = collected(world.pid());
            double each = (after - before) * 1024 * 1024 / 1000 / IDLE;
            Figures.tell(String.format(
                    Locale.ROOT,
                    "%d idle WebSockets: %.1f kB each (resident %.0f MiB, %.0f MiB before)",
                    IDLE,
                    each,
                    after,
                    before));
            close(open);
            Eventually.holds("the app's side of each is closed", PATIENCE, () -> app.open() == 0);
            assertTrue(each <= KILOBYTES, each + " kB");
        } finally {
            close(open);
        }
    }

    private static void connect(IngressWorld world, List<RawWebSocket> open, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            RawWebSocket socket = RawWebSocket.connect(
                    world.ours("/echo"), world.ours("/echo").getPath(), "Cookie: " + world.cookie());
            open.add(socket);
            assertTrue(socket.head().startsWith("HTTP/1.1 101 "), socket.head());
        }
    }

    private static void close(List<RawWebSocket> open) throws IOException {
        for (RawWebSocket socket : open) {
            socket.close();
        }
        open.clear();
    }

    /** MiB after a collection, when what the compilers have used was given back (config/java.options: every two seconds). */
    private static double collected(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        for (int i = 0; i < 2; i++) {
            Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.run")
                    .redirectErrorStream(true)
                    .start();
            String words = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.waitFor(), words);
        }
        double least = Resident.of(pid).all();
        for (int i = 0; i < 10; i++) {
            Thread.sleep(500);
            least = Math.min(least, Resident.of(pid).all());
        }
        return least;
    }

    private static double median(List<EchoLoad.Round> rounds, ToDoubleFunction<EchoLoad.Round> figure) {
        return Figures.median(rounds.stream().mapToDouble(figure).toArray());
    }
}
