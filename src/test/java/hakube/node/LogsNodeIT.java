package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
            RealNode.await("the API server serves the log", PATIENCE, () -> followed() == 1);
        }
        RealNode.await("the API server serves it no more", PATIENCE, () -> followed() == 0);
    }

    @Test
    @Order(3)
    void itsRestartIsAnotherBoot() throws IOException {
        int before = restarts();

        node.ask("POST", "/supervisor/restart", "");

        RealNode.await("the container's next run", PATIENCE, () -> restarts() == before + 1);
        RealNode.await("the API", PATIENCE, LogsNodeIT::isRunning);
        String last = node.ask("GET", "/supervisor/logs/boots/-1", "");
        assertTrue(last.contains("The Supervisor ends, and its container is started again"), last);
        assertFalse(node.ask("GET", "/supervisor/logs/latest", "").contains("its container is started again"));
        assertEquals(
                512L << 20, node.data("/supervisor/stats").get("memory_limit").getAsLong());
    }

    private static BufferedReader reader(HttpResponse<InputStream> answer) {
        return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
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
