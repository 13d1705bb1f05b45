package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The proxy of the add-on ports is replaced while it is in use. */
class RollNodeIT {
    private static final String SECOND = "local_second";

    @Test
    void noConnectionToAnUnchangedPortFailsWhileAnotherPortComesAndGoes() throws Exception {
        RealNode node = RealNode.shared();
        offerSecondAddOn(node);
        node.ask("POST", "/store/reload", "");
        node.ask("POST", "/store/addons/" + SECOND + "/install", "");
        String before = podOfTheProxy(node);
        Attempts attempts = new Attempts();
        String between;
        String after;
        try (var clock = Executors.newSingleThreadScheduledExecutor();
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            clock.scheduleAtFixedRate(() -> callers.execute(attempts::connect), 0, 20, TimeUnit.MILLISECONDS);

            node.ask("POST", "/addons/" + SECOND + "/start", "");
            between = awaitAnotherProxy(node, before);
            assertEquals("new port", Echo.tcp(RealNode.ADDRESS, 7008, "new port"));
            node.ask("POST", "/addons/" + SECOND + "/uninstall", "{\"remove_config\": false}");
            after = awaitAnotherProxy(node, between);

            clock.shutdown();
            assertTrue(clock.awaitTermination(10, TimeUnit.SECONDS));
        }

        assertNotEquals(before, between);
        assertNotEquals(between, after);
        assertEquals(List.of(), List.copyOf(attempts.failures));
        assertTrue(attempts.made.get() > 100, attempts.made + " attempts");
    }

    /** Waits until one proxy is left and it is another one; returns its pod's name. */
    private static String awaitAnotherProxy(RealNode node, String before) {
        Eventually.holds("another proxy", Duration.ofSeconds(90), () -> {
            try {
                String now = podOfTheProxy(node);
                return !now.isEmpty() && !now.contains(" ") && !now.equals(before);
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
        try {
            return podOfTheProxy(node);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String podOfTheProxy(RealNode node) throws IOException {
        return node.kubectl(
                "get", "pods", "-l", "io.hass.component=internal-l4", "-o", "jsonpath={.items[*].metadata.name}");
    }

    private static void offerSecondAddOn(RealNode node) throws IOException {
        Path folder = Files.createDirectories(node.share().resolve("addons/local/second"));
        Files.writeString(folder.resolve("config.yaml"), """
                name: Second
                version: 6.5.2
                slug: second
                description: Comes and goes
                arch: [amd64, aarch64]
                image: localhost/hakube/mosquitto
                init: false
                boot: manual
                ports:
                  7007/tcp: 7008
                """);
    }

    /** One connection each, whose byte must come back. */
    private static final class Attempts {
        final AtomicInteger made = new AtomicInteger();
        final Queue<String> failures = new ConcurrentLinkedQueue<>();

        void connect() {
            int number = made.incrementAndGet();
            try {
                String answer = Echo.tcp(RealNode.ADDRESS, 7007, "x");
                if (!answer.equals("x")) {
                    failures.add(number + ": '" + answer + "'");
                }
            } catch (IOException failure) {
                failures.add(number + ": " + failure);
            }
        }
    }
}
