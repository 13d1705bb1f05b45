package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kernel, a kubelet and a registry do to an app is an issue, with a suggestion that ends it. */
class AppTroublesNodeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String LIMITS = "troubled-limits";

    /** A shell that does what it is told by its standard input. */
    private static final String SHELL = "image: localhost/hakube/busybox\nstdin: true\n";

    private static RealNode node;

    @TempDir
    private Path folder;

    private NodeApp app;

    @BeforeAll
    static void reach() throws IOException {
        node = RealNode.shared();
    }

    @BeforeEach
    void offer() throws IOException {
        app = new NodeApp(node, "troubled");
        app.offer("1", SHELL);
    }

    @AfterEach
    void remove() throws IOException {
        app.remove();
    }

    @Test
    void whoWantsMoreMemoryThanItsLimitIsRestartedOnTheAdviceOfAnIssue() throws IOException {
        app.install();
        app.ask("options", "{\"resources\": {\"limits\": {\"memory\": \"32Mi\"}}}");
        app.ask("start", "");
        assertEquals(List.of(), app.issues());

        app.ask("stdin", "exec awk 'BEGIN { s = \"x\"; while (1) s = s s }'");

        Eventually.holds("the end of the app", PATIENCE, () -> app.info("state").equals("error"));
        assertEquals(List.of("app_out_of_memory"), app.issues());
        String log = node.ask("GET", "/supervisor/logs?lines=200", "");
        assertTrue(log.contains("container addon was ended, it wanted more memory than its limit of 32Mi"), log);
        app.apply("execute_restart");
        assertEquals("started", app.info("state"));
        assertEquals(List.of(), app.issues());
    }

    /** By a limit that an operator of a cluster gives to all pods; no other node may take the next one meanwhile. */
    @Test
    void whomTheKubeletEvictsIsAnIssueUntilItRunsAgain() throws IOException {
        app.install();
        node.kubectl("apply", "-f", limits());
        try {
            app.ask("start", "");
        } finally {
            node.kubectl("delete", "limitrange", LIMITS);
        }
        assertEquals(List.of(), app.issues());
        String name = node.kubectl("get", "nodes", "-o", "name").strip();
        node.kubectl("cordon", name);
        try {
            app.ask("stdin", "dd if=/dev/zero of=/tmp/full bs=1M count=20");

            Eventually.holds("an eviction", PATIENCE, () -> !app.issues().isEmpty());
            assertEquals(List.of("app_evicted"), app.issues());
            String log = node.ask("GET", "/supervisor/logs?lines=200", "");
            assertTrue(log.matches("(?s).*App local_troubled: [^\n]*ephemeral[^\n]*4Mi.*"), log);
        } finally {
            node.kubectl("uncordon", name);
        }
        Eventually.holds("another pod", PATIENCE, () -> app.info("state").equals("started"));
        Eventually.holds("the end of the issue", PATIENCE, () -> app.issues().isEmpty());
    }

    @Test
    void anImageThatDoesNotComeIsPulledOnTheAdviceOfAnIssueOnceItIsThere() throws IOException {
        app.offer("9.9.9", SHELL);
        app.install();

        IOException refusal = assertThrows(IOException.class, () -> app.ask("start", ""));

        assertTrue(refusal.getMessage().contains("9.9.9"), refusal.getMessage());
        assertEquals("error", app.info("state"));
        assertEquals(List.of("missing_image"), app.issues());
        ctr("tag", "localhost/hakube/busybox:1", "localhost/hakube/busybox:9.9.9");
        try {
            app.apply("execute_repair");
            assertEquals("started", app.info("state"));
            assertEquals(List.of(), app.issues());
        } finally {
            ctr("rm", "localhost/hakube/busybox:9.9.9");
        }
    }

    private static void ctr(String verb, String... names) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("ctr", "--state", node.state().toString(), "images", verb));
        command.addAll(List.of(names));
        node.script("node", command.toArray(String[]::new));
    }

    private String limits() throws IOException {
        Path file = folder.resolve("limits.yaml");
        Files.writeString(file, """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: %s}
                spec:
                  limits:
                    - type: Container
                      default: {ephemeral-storage: 4Mi}
                      defaultRequest: {ephemeral-storage: 1Mi}
                """.formatted(LIMITS));
        return file.toString();
    }
}
