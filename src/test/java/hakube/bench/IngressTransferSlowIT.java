package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.LoopbackApp;
import hakube.testing.Nginx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 1 GiB through ingress, down and up, against nginx with its buffering off, both by {@code curl} to the same app, in turns; and how far
 * the Supervisor's memory grows over it.
 */
class IngressTransferSlowIT {

    private static final int ROUNDS = 5;
    private static final double SHARE = 0.7;
    private static final double GROWTH_MIB = 32;

    @TempDir
    private Path folder;

    /** Seconds of each round. */
    private record Sides(List<Double> nginx, List<Double> ours) {}

    @Test
    void carriesLargeBodiesAsNginxDoes() throws Exception {
        Path file = folder.resolve("upload");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(StreamApp.LENGTH);
        }
        Path nginxFolder = Files.createDirectory(folder.resolve("nginx"));
        InetSocketAddress proxy = IngressWorld.free();
        try (IngressWorld world = IngressWorld.open(folder.resolve("supervisor"));
                LoopbackApp app = StreamApp.listen(world.app());
                Nginx nginx = Nginx.start(nginxFolder, NginxTexts.proxy(nginxFolder, proxy, app.address()), proxy)) {
            Figures.tell("ingress, transfers of 1 GiB, " + Figures.load());
            warmUp(world);
            List<String> down = List.of("-o", "/dev/null");
            List<String> up = List.of("-X", "POST", "-H", "Expect:", "-o", "/dev/null", "-T", file.toString());
            assertTrue(growth(world, "/download", down) <= GROWTH_MIB);
            assertTrue(growth(world, "/upload", up) <= GROWTH_MIB);
            assertTrue(share(world, proxy, nginx.worker(), "/download", down) >= SHARE);
            assertTrue(share(world, proxy, nginx.worker(), "/upload", up) >= SHARE);
        }
    }

    /** Small answers, so that what a transfer costs is told apart from what code and buffers cost once. */
    private static void warmUp(IngressWorld world) throws IOException, InterruptedException {
        Wrk.prepare();
        Wrk.run(
                world.ours("/small").toString(),
                List.of("Cookie: " + world.cookie()),
                world.pid(),
                Duration.ofSeconds(5));
    }

    private static double growth(IngressWorld world, String path, List<String> options)
            throws IOException, InterruptedException {
        double before = Resident.of(world.pid()).all();
        Curl curl = curl(world.ours(path), world.cookie(), options);
        double most = before;
        while (!curl.ends(Duration.ofMillis(50))) {
            most = Math.max(most, Resident.of(world.pid()).all());
        }
        curl.seconds();
        Figures.tell(String.format(
                Locale.ROOT, "%-9s resident %.0f MiB before, at most %.0f MiB during it", path, before, most));
        return most - before;
    }

    private static double share(
            IngressWorld world, InetSocketAddress proxy, long worker, String path, List<String> options)
            throws IOException, InterruptedException {
        Sides sides = new Sides(new ArrayList<>(), new ArrayList<>());
        double cpu = 0;
        double cpuOfNginx = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double before = Wrk.cpuSeconds(worker);
            sides.nginx()
                    .add(curl(IngressWorld.at(proxy, path), world.cookie(), options)
                            .seconds());
            cpuOfNginx += Wrk.cpuSeconds(worker) - before;
            before = Wrk.cpuSeconds(world.pid());
            sides.ours().add(curl(world.ours(path), world.cookie(), options).seconds());
            cpu += Wrk.cpuSeconds(world.pid()) - before;
        }
        double nginx = median(sides.nginx());
        double ours = median(sides.ours());
        Figures.tell(String.format(
                Locale.ROOT,
                "%-9s %.2f s, nginx %.2f s, share %.2f; processor time of the Supervisor %.2f s, of nginx %.2f s",
                path,
                ours,
                nginx,
                nginx / ours,
                cpu / ROUNDS,
                cpuOfNginx / ROUNDS));
        return nginx / ours;
    }

    private static Curl curl(URI url, String cookie, List<String> options) throws IOException {
        return Curl.start(url, "Cookie: " + cookie, StreamApp.LENGTH, options);
    }

    private static double median(List<Double> values) {
        return Figures.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
