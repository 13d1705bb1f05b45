package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A database for other apps sees them come from the one address that its service account is for, and nobody else: its server is one that
 * tells each client where it comes from.
 */
class DatabaseNodeIT {

    private static final String THE_ADDRESS = "172.30.32.2";
    private static final int OUTSIDE = 33306;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static RealNode node;
    private static NodeApp app;

    @BeforeAll
    static void start() throws IOException {
        node = RealNode.shared();
        app = new NodeApp(node, "database");
        app.offer("1", """
                image: localhost/hakube/nginx
                services: ["mysql:provide"]
                ports: {3306/tcp: %d}
                """.formatted(OUTSIDE));
        app.data("server.conf", "stream { server { listen 3306; return $remote_addr; } }");
        app.install();
        app.ask("start", "");
        Eventually.holds("the server", PATIENCE, () -> !seenByAPod(app.info("ip_address"))
                .isEmpty());
    }

    @AfterAll
    static void remove() throws IOException {
        app.remove();
    }

    @Test
    void anotherAppComesFromTheAddressOfTheServiceAccount() throws IOException {
        assertEquals(THE_ADDRESS, seenByAPod("local-database"));
    }

    @Test
    void whoTakesThePodsOwnAddressComesAsHimself() throws IOException {
        assertEquals(ownAddress(), seenByAPod(app.info("ip_address")));
    }

    @Test
    void theLanComesAsItself() throws IOException {
        Eventually.holds("the database at the internal address", PATIENCE, () -> !seenByTheLan()
                .isEmpty());
        String seen = seenByTheLan();
        assertNotEquals(THE_ADDRESS, seen);
        assertTrue(seen.startsWith("10."), seen);
    }

    /** What the server says to a client in Core's pod; empty when nobody listens. */
    private static String seenByAPod(String host) throws IOException {
        return inCore("nc -w 5 " + host + " 3306 </dev/null 2>/dev/null || true");
    }

    private static String ownAddress() throws IOException {
        return inCore("hostname -i");
    }

    private static String inCore(String command) throws IOException {
        return node.kubectl("exec", "homeassistant-0", "-c", "homeassistant", "--", "sh", "-c", command)
                .strip();
    }

    private static String seenByTheLan() {
        try {
            return Echo.said(RealNode.ADDRESS, OUTSIDE);
        } catch (IOException notYet) {
            return "";
        }
    }
}
