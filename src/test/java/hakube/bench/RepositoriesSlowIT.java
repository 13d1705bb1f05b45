package hakube.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.FreePort;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code POST /store/reload} of five repositories with 400 add-ons each over the {@code git} protocol on loopback, of which none
 * changed, against {@code git fetch} of five clones of the same, in rounds whose order alternates.
 */
class RepositoriesSlowIT {

    private static final int REPOSITORIES = 5;
    private static final int APPS = 400;
    private static final int ROUNDS = 15;
    private static final double SHARE = 1.2;
    private static final double MORE_MILLIS = 100;

    @TempDir
    private Path folder;

    @Test
    void aReloadWithoutNewsCostsLittleMoreThanFiveTimesGitFetch() throws Exception {
        assumeTrue(hasGit(), "there is no git on this machine");
        Path served = Files.createDirectories(folder.resolve("served"));
        List<Path> clones = new ArrayList<>();
        int port = FreePort.find();
        for (int number = 0; number < REPOSITORIES; number++) {
            make(served.resolve("r" + number), number);
        }
        Process daemon = daemon(served, port);
        try (Space space = ControlPlane.namespace("repositories");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder.resolve("supervisor"))) {
            for (int number = 0; number < REPOSITORIES; number++) {
                Path clone = folder.resolve("clone" + number);
                git(folder, "clone", "-q", "--depth", "1", url(port, number), clone.toString());
                clones.add(clone);
            }
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor.with("SUPERVISOR_REPOSITORY_SCHEMES", "git").startToRunning();
            for (int number = 0; number < REPOSITORIES; number++) {
                String body = "{\"repository\": \"" + url(port, number) + "\"}";
                assertEquals(
                        200, supervisor.ask("POST", "/store/repositories", body).status());
            }
            assertEquals(
                    REPOSITORIES * APPS,
                    supervisor.get("/store").data().getAsJsonArray("addons").size());
            measure(supervisor, clones);
        } finally {
            daemon.destroy();
            daemon.waitFor(10, TimeUnit.SECONDS);
            // It leaves its worker behind where it is started by a wrapper.
            daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void measure(SupervisorProcess supervisor, List<Path> clones) throws Exception {
        reload(supervisor);
        fetch(clones);
        double[] ours = new double[ROUNDS];
        double[] gits = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                ours[round] = reload(supervisor);
            }
            gits[round] = fetch(clones);
            if (round % 2 == 1) {
                ours[round] = reload(supervisor);
            }
        }
        double limit = Math.max(SHARE * Figures.median(gits), Figures.median(gits) + MORE_MILLIS);
        Figures.tell("RepositoriesSlowIT: reload " + Figures.summary(ours) + "; five git fetch " + Figures.summary(gits)
                + String.format(Locale.ROOT, "; limit %.0f ms; ", limit) + Figures.load());
        assertTrue(Figures.median(ours) <= limit, () -> Figures.median(ours) + " ms, at most " + limit);
    }

    private static double reload(SupervisorProcess supervisor) throws Exception {
        long start = System.nanoTime();
        assertEquals(200, supervisor.post("/store/reload").status());
        return Figures.millisSince(start);
    }

    /** One after the other, as somebody would by hand. */
    private static double fetch(List<Path> clones) throws Exception {
        long start = System.nanoTime();
        for (Path clone : clones) {
            git(clone, "fetch", "-q", "--depth", "1", "origin");
        }
        return Figures.millisSince(start);
    }

    private static void make(Path bare, int number) throws Exception {
        Path work = Files.createDirectories(bare.resolveSibling("work" + number));
        Files.writeString(work.resolve("repository.yaml"), "name: Repository " + number);
        for (int app = 0; app < APPS; app++) {
            Path home = Files.createDirectories(work.resolve("app" + app));
            Files.writeString(home.resolve("config.yaml"), """
                    name: App %d
                    version: "1.0"
                    slug: app%d
                    description: One of many
                    arch: [amd64, aarch64]
                    image: localhost/app
                    """.formatted(app, app));
            Files.writeString(home.resolve("README.md"), "# App " + app + "\n".repeat(50));
        }
        git(work, "init", "-q", "-b", "main");
        git(work, "add", "-A");
        git(work, "-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "commit", "-q", "-m", "all of it");
        git(work, "clone", "-q", "--bare", work.toString(), bare.toString());
    }

    private static Process daemon(Path served, int port) throws IOException {
        Process daemon = new ProcessBuilder(
                        "git",
                        "daemon",
                        "--listen=127.0.0.1",
                        "--port=" + port,
                        "--export-all",
                        "--reuseaddr",
                        "--base-path=" + served,
                        served.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Eventually.holds("git daemon", () -> answers(port));
        return daemon;
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String url(int port, int number) {
        return "git://127.0.0.1:" + port + "/r" + number;
    }

    private static boolean hasGit() throws InterruptedException {
        try {
            return new ProcessBuilder("git", "daemon", "--help")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(20, TimeUnit.SECONDS);
        } catch (IOException none) {
            return false;
        }
    }

    private static void git(Path in, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(in.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("failed: " + command);
        }
    }
}
