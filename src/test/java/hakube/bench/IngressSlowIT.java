package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Nginx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ingress against nginx's {@code proxy_pass}, both to the same nginx on the app's own pod address, in turns; and what each adds to asking
 * that nginx itself.
 */
class IngressSlowIT {

    private static final int ROUNDS = 5;
    private static final int CONNECTIONS = 32;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration ROUND = Duration.ofSeconds(4);
    private static final double SHARE = 0.5;
    private static final double ADDED_P99 = 2;
    private static final double MOST_MIB = 240;

    @TempDir
    private Path folder;

    private record Sides(List<Wrk.Round> direct, List<Wrk.Round> nginx, List<Wrk.Round> ours) {}

    @Test
    void carriesHalfOfWhatNginxDoes() throws Exception {
        Wrk.prepare();
        Path files = Files.createDirectory(folder.resolve("files"));
        Path appFolder = Files.createDirectory(folder.resolve("app"));
        Path proxyFolder = Files.createDirectory(folder.resolve("proxy"));
        InetSocketAddress proxy = IngressWorld.free();
        List<String> missed = new ArrayList<>();
        try (IngressWorld world = IngressWorld.open(folder.resolve("supervisor"));
                Nginx app = Nginx.start(appFolder, NginxTexts.files(appFolder, world.app(), files), world.app());
                Nginx nginx = Nginx.start(proxyFolder, NginxTexts.proxy(proxyFolder, proxy, world.app()), proxy)) {
            Figures.tell("ingress, " + CONNECTIONS + " connections, " + Figures.load());
            List<String> cookie = List.of("Cookie: " + world.cookie());
            for (int length : new int[] {1024, 16 * 1024}) {
                String file = "/" + length;
                Files.write(files.resolve("" + length), new byte[length]);
                String direct = IngressWorld.at(world.app(), file).toString();
                String other = IngressWorld.at(proxy, file).toString();
                String own = world.ours(file).toString();
                Sides sides = new Sides(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                Wrk.run(own, cookie, world.pid(), WARM_UP, CONNECTIONS);
                for (int round = 0; round < ROUNDS; round++) {
                    sides.direct().add(Wrk.run(direct, cookie, app.worker(), ROUND, CONNECTIONS));
                    sides.nginx().add(Wrk.run(other, cookie, nginx.worker(), ROUND, CONNECTIONS));
                    sides.ours().add(Wrk.run(own, cookie, world.pid(), ROUND, CONNECTIONS));
                }
                tell(length, sides, missed);
            }
            double resident = Resident.of(world.pid()).all();
            Figures.tell(String.format(Locale.ROOT, "resident after load: %.0f MiB", resident));
            Figures.tell("goals missed: " + (missed.isEmpty() ? "none" : String.join(", ", missed)));
            assertTrue(missed.isEmpty(), String.join(", ", missed));
            assertTrue(resident <= MOST_MIB, resident + " MiB");
        }
    }

    private static void tell(int length, Sides sides, List<String> missed) throws IOException {
        double share =
                Wrk.Round.median(sides.ours(), Wrk.Round::rate) / Wrk.Round.median(sides.nginx(), Wrk.Round::rate);
        double direct = Wrk.Round.median(sides.direct(), Wrk.Round::p99);
        double ours = Wrk.Round.median(sides.ours(), Wrk.Round::p99) - direct;
        double nginx = Wrk.Round.median(sides.nginx(), Wrk.Round::p99) - direct;
        Figures.tell(String.format(
                Locale.ROOT,
                "%6d octets: %6.0f/s, %.2f of nginx's %.0f/s (direct %.0f/s); p99 added %.2f ms (nginx %.2f ms);"
                        + " CPU %.0f µs (nginx %.0f µs)",
                length,
                Wrk.Round.median(sides.ours(), Wrk.Round::rate),
                share,
                Wrk.Round.median(sides.nginx(), Wrk.Round::rate),
                Wrk.Round.median(sides.direct(), Wrk.Round::rate),
                ours,
                nginx,
                Wrk.Round.median(sides.ours(), Wrk.Round::cpu),
                Wrk.Round.median(sides.nginx(), Wrk.Round::cpu)));
        if (share < SHARE) {
            missed.add(length + " octets rate");
        }
        if (ours > ADDED_P99 * nginx) {
            missed.add(length + " octets p99");
        }
    }
}
