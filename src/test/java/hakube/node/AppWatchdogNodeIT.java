package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A web server that hangs: its process is there, its port takes connections, and nobody ever answers. */
class AppWatchdogNodeIT {

    /** Two rounds of two minutes, the time that an answer is waited for, and a restart. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private RealNode node;
    private NodeApp app;
    private Curl curl;

    @BeforeEach
    void start() throws IOException {
        node = RealNode.shared();
        curl = new Curl(node);
        app = new NodeApp(node, "hanging");
        app.offer("1", """
                image: localhost/hakube/nginx
                ports: {8099/tcp: null}
                watchdog: http://[HOST]:[PORT:8099]/
                """);
        app.site("return 200 alive;");
        app.install();
        app.ask("options", "{\"watchdog\": true}");
        app.ask("start", "");
        Eventually.holds("the server", Duration.ofSeconds(60), this::isAlive);
    }

    @AfterEach
    void remove() throws IOException {
        app.remove();
    }

    @Test
    void whoHangsIsRestarted() throws IOException {
        String pod = pod();

        // Its workers: the first process of a pod takes no such signal from within.
        inside("kill -STOP $(pidof nginx)");

        assertFalse(isAlive());
        assertEquals("started", app.info("state"));
        Eventually.holds("another pod that answers", PATIENCE, () -> !pod().equals(pod) && isAlive());
        String log = node.ask("GET", "/supervisor/logs?lines=500", "");
        assertTrue(log.contains("App local_hanging does not answer its watchdog for the second time"), log);
    }

    private boolean isAlive() {
        try {
            return curl.get("http://local-hanging:8099/").equals("200 alive");
        } catch (IOException silent) {
            return false;
        }
    }

    private String pod() throws IOException {
        return node.kubectl("get", "pods", "-l", "io.hass.slug=" + app.slug(), "-o", "name");
    }

    private void inside(String command) throws IOException {
        node.kubectl("exec", app.deployment(), "-c", "addon", "--", "sh", "-c", command);
    }
}
