package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.kubernetes.Cluster;
import hakube.kubernetes.RealCluster;
import hakube.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands in containers that run, and input for a process that reads. */
class PodStreamsNodeIT {

    private static final Duration USUAL = Duration.ofSeconds(20);
    private static final String LISTENER = "local_listener";

    private static RealNode node;
    private static RealCluster real;
    private static Cluster cluster;
    private static String demo;

    @BeforeAll
    static void reach() throws IOException {
        node = RealNode.shared();
        real = RealCluster.at(node.state().resolve("admin.kubeconfig"), RealNode.NAMESPACE);
        cluster = real.port();
        demo = node.kubectl(
                "get", "pods", "-l", "io.hass.slug=local_mosquitto", "-o", "jsonpath={.items[0].metadata.name}");
    }

    @AfterAll
    static void leave() {
        if (real != null) {
            real.close();
        }
    }

    @Test
    void commandGivesBothOutputsAndItsExitCode() {
        assertEquals(
                new Cluster.Execution(7, "out a b\n", "err\n"),
                exec(USUAL, "sh", "-c", "echo \"out $0\"; echo err >&2; exit 7", "a b"));
    }

    @Test
    void floodIsCutAndTheExitCodeStillComes() {
        Cluster.Execution flood = exec(USUAL, "sh", "-c", "yes | head -c 1000000; exit 3");

        assertEquals(3, flood.exitCode());
        assertEquals("y\n".repeat(32 * 1024), flood.output());
    }

    @Test
    void commandThatDoesNotEndIsGivenUp() {
        Duration deadline = Duration.ofSeconds(2);

        ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, () -> exec(deadline, "sleep", "30"));

        assertEquals("The command has not ended within 2 s", failure.getMessage());
    }

    @Test
    void programThatIsNotThereIsNamed() {
        ApiFailure failure = assertThrows(ApiFailure.BadRequest.class, () -> exec(USUAL, "no-such-program"));

        assertTrue(failure.getMessage().contains("no-such-program"), failure.getMessage());
    }

    @Test
    void linesOfSeveralCallersReachTheProcess() throws IOException {
        Path manifest = node.share().resolve("addons/local/listener/config.yaml");
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, """
                name: Listener
                version: "1"
                slug: listener
                description: Says what it hears
                arch: [amd64, aarch64]
                image: localhost/hakube/busybox
                init: false
                stdin: true
                """);
        try {
            node.ask("POST", "/store/reload", "");
            node.ask("POST", "/store/addons/" + LISTENER + "/install", "");
            node.ask("POST", "/addons/" + LISTENER + "/start", "");

            node.ask("POST", "/addons/" + LISTENER + "/stdin", "echo heard-$((40 + 1))");
            node.ask("POST", "/addons/" + LISTENER + "/stdin", "echo heard-$((40 + 2))");

            Eventually.holds("both lines in the log", USUAL, () -> {
                String log = log();
                return log.contains("heard-41") && log.contains("heard-42");
            });
        } finally {
            node.ask("POST", "/addons/" + LISTENER + "/uninstall", "");
            Files.delete(manifest);
            Files.delete(manifest.getParent());
            node.ask("POST", "/store/reload", "");
        }
    }

    private static String log() {
        try {
            return node.ask("GET", "/addons/" + LISTENER + "/logs", "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Cluster.Execution exec(Duration deadline, String... command) {
        return cluster.exec(demo, "addon", List.of(command), deadline);
    }
}
