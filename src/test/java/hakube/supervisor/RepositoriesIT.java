package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import hakube.store.Slugs;
import hakube.testing.ControlPlane;
import hakube.testing.Eventually;
import hakube.testing.GitHttpServer;
import hakube.testing.GitRepositories;
import hakube.testing.Space;
import hakube.testing.SupervisorProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a whole process does with repositories: without a network, and killed in the middle. */
class RepositoriesIT {

    @TempDir
    private Path folder;

    /** Nobody outside is asked: none of the built-in addresses is of the only kind that is accepted. */
    @Test
    void aStartThatCannotFetchIsAStartLikeOthersWithOneLineForEachRepository() throws Exception {
        try (Space space = ControlPlane.namespace("repositories-away");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            supervisor
                    .with("SUPERVISOR_REPOSITORY_BUILT_IN", "core,community,esphome,music-assistant")
                    .with("SUPERVISOR_REPOSITORY_SCHEMES", "file")
                    .startToRunning();

            Eventually.holds("a line for each", () -> lines(supervisor).size() == 4);
            assertFalse(supervisor.log().contains("\tat "), supervisor.log());
            assertEquals(
                    5,
                    supervisor
                            .get("/store/repositories")
                            .json()
                            .getAsJsonArray("data")
                            .size());
            assertEquals(200, supervisor.post("/store/reload").status());
            assertEquals(4, lines(supervisor).size(), supervisor.log());
        }
    }

    @Test
    void aServerThatNeverAnswersHoldsUpNoStart() throws Exception {
        try (Space space = ControlPlane.namespace("repositories-silent");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder);
                GitRepositories repositories = new GitRepositories(Files.createDirectories(folder.resolve("served")))) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            repositories.commit("garden", garden("frost"));
            supervisor.startToRunning();
            InetSocketAddress address;
            String url;
            try (GitHttpServer server = new GitHttpServer(repositories)) {
                url = server.gitUrl("garden");
                address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), server.port());
                add(supervisor, url);
            }
            supervisor.stop();
            repositories.commit("garden", garden("rain"));
            String apps = "/store/addons/" + Slugs.ofRepository(url);

            try (ServerSocket silent = new ServerSocket()) {
                silent.bind(address);
                silent.setSoTimeout((int) Eventually.SOON.toMillis());
                supervisor.startToRunning();
                try (Socket _ = silent.accept()) {
                    assertEquals(200, supervisor.get(apps + "_frost").status());
                    // It would be told once whoever asks had given up.
                    assertEquals(List.of(), lines(supervisor));
                }
            }
            try (GitHttpServer _ = new GitHttpServer(repositories, HttpServer.create(address, 0))) {
                Eventually.holds("the new app", () -> {
                    supervisor.post("/store/reload");
                    return supervisor.get(apps + "_rain").status() == 200;
                });
                assertEquals(404, supervisor.get(apps + "_frost").status());
            }
        }
    }

    /** A repository with one app. */
    private static Map<String, String> garden(String slug) {
        return Map.of("repository.yaml", "name: Garden", slug + "/config.yaml", """
                name: %1$s
                version: "1.0"
                slug: %1$s
                description: d
                arch: [amd64, aarch64]
                image: localhost/frost
                """.formatted(slug));
    }

    @Test
    void whatAKillLeftOfACloneIsGoneAfterTheNextStart() throws Exception {
        try (Space space = ControlPlane.namespace("repositories-kill");
                SupervisorProcess supervisor = new SupervisorProcess(space, folder);
                GitRepositories repositories = new GitRepositories(Files.createDirectories(folder.resolve("served")));
                GitHttpServer server = new GitHttpServer(repositories)) {
            space.makeVolume("ha-shared-rwx", "hakube-local", "5Gi");
            repositories.commit("garden", Map.of("repository.yaml", "name: Garden"));
            CountDownLatch served = new CountDownLatch(1);
            server.holdUntil(served);
            supervisor.startToRunning();
            Path trees = supervisor.share().resolve("addons/git");
            Thread client = Thread.ofVirtual().start(() -> add(supervisor, server.gitUrl("garden")));
            Eventually.holds("the middle of a clone", () -> inWork(trees).size() > 1);

            supervisor.kill();
            Eventually.ends(client);
            served.countDown();
            assertFalse(inWork(trees).isEmpty());
            supervisor.startToRunning();

            assertEquals(List.of(), inWork(trees));
            String path = "/store/repositories/" + Slugs.ofRepository(server.gitUrl("garden"));
            assertEquals(404, supervisor.get(path).status());
            add(supervisor, server.gitUrl("garden"));
            assertEquals(200, supervisor.get(path).status());
            assertTrue(Files.isDirectory(trees));
        }
    }

    private static List<String> lines(SupervisorProcess supervisor) {
        return supervisor
                .log()
                .lines()
                .filter(line -> line.contains("cannot be fetched") || line.contains(" store: "))
                .toList();
    }

    private static void add(SupervisorProcess supervisor, String url) {
        try {
            supervisor.ask("POST", "/store/repositories", "{\"repository\": \"" + url + "\"}");
        } catch (IOException cutOff) {
            // That is what the test does to it.
        }
    }

    private static List<String> inWork(Path trees) throws IOException {
        if (!Files.isDirectory(trees)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(trees, 2)) {
            return all.map(path -> trees.relativize(path).toString())
                    .filter(path -> path.startsWith(".work-"))
                    .toList();
        }
    }
}
