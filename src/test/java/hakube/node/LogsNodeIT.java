package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import hakube.testing.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Logs as a real kubelet serves them: of an add-on, and of the Supervisor's own pod, over its restart. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LogsNodeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RealNode node;

    @BeforeAll
    static void reach() throws IOException {
        node = RealNode.shared();
    }

    @Test
    @Order(1)
    void itsOwnLogIsThatOfItsPod() throws IOException {
        HttpResponse<InputStream> answer = node.open("/supervisor/logs?lines=3&verbose");
        String cursor = answer.headers().firstValue("X-First-Cursor").orElse("");
        assertTrue(cursor.startsWith("s=supervisor-0;t="), cursor);
        try (BufferedReader log = reader(answer)) {
            for (String line : log.lines().toList()) {
                assertTrue(line.matches("\\d{4}-\\d\\d-\\d\\d [0-9:.]{12} supervisor-0 hassio_supervisor: .*"), line);
            }
        }
    }

    @Test
    @Order(2)
    void whoLeavesASilentLogLeavesNoStreamBehind() throws IOException {
        HttpResponse<InputStream> answer = node.open("/addons/local_mosquitto/logs/follow?lines=2");
        try (BufferedReader log = reader(answer)) {
            assertFalse(log.readLine().isEmpty());
            Eventually.holds("the API server serves the log", PATIENCE, () -> followed() == 1);
        }
        Eventually.holds("the API server serves it no more", PATIENCE, () -> followed() == 0);
    }

    /** On one connection for all, what nobody takes would hold up the watches, or fill the heap. */
    @Test
    @Order(3)
    void whoReadsNothingOfALongLogHoldsUpNobodyElse() throws IOException {
        Path manifest = node.share().resolve("addons/local/flood/config.yaml");
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, """
                name: Flood
                version: "1"
                slug: flood
                description: Says very much
                arch: [amd64, aarch64]
                image: localhost/hakube/busybox
                init: false
                stdin: true
                """);
        int before = restarts();
        List<HttpResponse<InputStream>> unread = new ArrayList<>();
        try {
            node.ask("POST", "/store/reload", "");
            node.ask("POST", "/store/addons/local_flood/install", "");
            node.ask("POST", "/addons/local_flood/start", "");
            // Less than the 10 MiB at which the kubelet begins another file.
            node.ask("POST", "/addons/local_flood/stdin", "yes " + "x".repeat(99) + " | head -n 60000; echo all");
            Eventually.holds("the whole log", PATIENCE, () -> last("/addons/local_flood/logs?lines=2")
                    .equals("all"));
            for (int client = 0; client < 16; client++) {
                unread.add(node.open("/addons/local_flood/logs/latest"));
            }

            node.ask("POST", "/addons/local_mosquitto/restart", "");

            assertEquals(before, restarts());
            try (BufferedReader log = reader(unread.getFirst())) {
                assertTrue(log.lines().count() >= 60_000, "the log that is read at last");
            }
        } finally {
            for (HttpResponse<InputStream> answer : unread) {
                answer.body().close();
            }
            node.ask("POST", "/addons/local_flood/uninstall", "");
            Files.delete(manifest);
            Files.delete(manifest.getParent());
            node.ask("POST", "/store/reload", "");
        }
        Eventually.holds("the API server serves no log", PATIENCE, () -> followed() == 0);
    }

    @Test
    @Order(4)
    void itsRestartIsAnotherBoot() throws IOException {
        int before = restarts();

        node.ask("POST", "/supervisor/restart", "");

        Eventually.holds("the container's next run", PATIENCE, () -> restarts() == before + 1);
        Eventually.holds("the API", PATIENCE, LogsNodeIT::isRunning);
        String last = node.ask("GET", "/supervisor/logs/boots/-1", "");
        assertTrue(last.contains("The Supervisor ends, and its container is started again"), last);
        assertFalse(node.ask("GET", "/supervisor/logs/latest", "").contains("its container is started again"));
        assertEquals(
                512L << 20, node.data("/supervisor/stats").get("memory_limit").getAsLong());
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    }

    private static String last(String path) {
        try {
            return node.ask("GET", path, "").lines().reduce("", (one, other) -> other);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static boolean isRunning() {
        try {
            JsonObject info = node.data("/info");
            return info.get("state").getAsString().equals("running");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int restarts() {
        return Integer.parseInt(
                kubectl("get", "pod", "supervisor-0", "-o", "jsonpath={.status.containerStatuses[0].restartCount}"));
    }

    /** Logs that the API server sends now. */
    private static long followed() {
        return kubectl("get", "--raw", "/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_longrunning_requests{"))
                .filter(line -> line.contains("subresource=\"log\""))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static String kubectl(String... arguments) {
        try {
            return node.kubectl(arguments);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
