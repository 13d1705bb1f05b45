package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.ControlPlane;
import hakube.testing.FreePort;
import hakube.testing.Nginx;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
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
    private static final double GOAL_MIB = 192;
    private static final double MOST_MIB = 240;
    private static final int PORT = 8099;

    @TempDir
    private Path folder;

    private record Sides(List<Wrk.Round> direct, List<Wrk.Round> nginx, List<Wrk.Round> ours) {}

    @Test
    void carriesHalfOfWhatNginxDoes() throws Exception {
        Wrk.prepare();
        Path files = Files.createDirectory(folder.resolve("files"));
        try (Space space = ControlPlane.namespace("ingress");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.offer("web", """
                    name: Web
                    version: "1.0"
                    slug: web
                    description: For the benchmark
                    arch: [amd64, aarch64]
                    image: localhost/web
                    ingress: true
                    ingress_port: %d
                    """.formatted(PORT)).startToRunning();
            supervisor.post("/store/addons/local_web/install").data();
            supervisor.post("/addons/local_web/start").data();
            JsonObject info = supervisor.get("/addons/local_web/info").data();
            String address = info.get("ip_address").getAsString();
            String entry = info.get("ingress_entry").getAsString();
            List<String> cookie = List.of("Cookie: ingress_session=" + session(space, supervisor));
            InetSocketAddress far = new InetSocketAddress(address, PORT);
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", FreePort.find());
            Path appFolder = Files.createDirectory(folder.resolve("app"));
            Path proxyFolder = Files.createDirectory(folder.resolve("proxy"));
            List<String> missed = new ArrayList<>();
            try (Nginx app = Nginx.start(appFolder, NginxTexts.files(appFolder, far, files), far);
                    Nginx nginx = Nginx.start(proxyFolder, NginxTexts.proxy(proxyFolder, proxy, far), proxy)) {
                Figures.tell("ingress, " + CONNECTIONS + " connections, " + Figures.load());
                for (int length : new int[] {1024, 16 * 1024}) {
                    String file = "/" + length;
                    Files.write(files.resolve("" + length), new byte[length]);
                    String direct = "http://" + address + ":" + PORT + file;
                    String other = "http://127.0.0.1:" + proxy.getPort() + file;
                    String own = supervisor.api() + entry + file;
                    Sides sides = new Sides(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
                    Wrk.run(own, cookie, supervisor.pid(), WARM_UP, CONNECTIONS);
                    for (int round = 0; round < ROUNDS; round++) {
                        sides.direct().add(Wrk.run(direct, cookie, app.worker(), ROUND, CONNECTIONS));
                        sides.nginx().add(Wrk.run(other, cookie, nginx.worker(), ROUND, CONNECTIONS));
                        sides.ours().add(Wrk.run(own, cookie, supervisor.pid(), ROUND, CONNECTIONS));
                    }
                    tell(length, sides, missed);
                }
            }
            double resident = Resident.of(supervisor.pid()).all();
            Figures.tell(String.format(Locale.ROOT, "resident after load: %.0f MiB", resident));
            if (resident > GOAL_MIB) {
                missed.add("resident memory");
            }
            Figures.tell("goals missed: " + (missed.isEmpty() ? "none" : String.join(", ", missed)));
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

    private static String session(Space space, SupervisorProcess supervisor) throws IOException {
        String core = space.secret("homeassistant-token", "token").orElseThrow();
        return supervisor
                .ask("POST", "/ingress/session", "", core)
                .data()
                .get("session")
                .getAsString();
    }
}
