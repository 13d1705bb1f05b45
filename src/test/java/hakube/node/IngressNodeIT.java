package hakube.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An app that shows its page to 172.30.32.2 and to nobody else, as most apps with ingress do. */
class IngressNodeIT {

    private static final String POD = "deployment/local-guarded";

    private static RealNode node;
    private static NodeApp app;
    private static Curl curl;
    private static String address;

    @BeforeAll
    static void startTheApp() throws IOException {
        node = RealNode.shared();
        curl = new Curl(node);
        app = new NodeApp(node, "guarded");
        app.offer("1", """
                image: localhost/hakube/nginx
                ingress: true
                ingress_port: 8099
                """);
        app.site("""
                access_log /dev/stderr;
                root /data/www;
                add_header X-Seen $remote_addr always;
                allow 172.30.32.2;
                deny all;
                """);
        app.data("www/index.html", "a guarded page");
        app.install();
        app.ask("start", "");
        address = app.info("ip_address");
        Eventually.holds("the app's server", Duration.ofSeconds(30), IngressNodeIT::listens);
    }

    @AfterAll
    static void removeTheApp() throws IOException {
        app.remove();
    }

    @Test
    void ingressReachesThePageAndComesFromTheOneAddress() throws Exception {
        HttpResponse<String> page = new Browser(node).open(app, "/");

        assertEquals(200, page.statusCode(), page.body());
        assertEquals("a guarded page", page.body());
        assertEquals("172.30.32.2", page.headers().firstValue("X-Seen").orElseThrow());
    }

    @Test
    void anotherPodIsRefusedByTheAppItself() throws IOException {
        String answer = curl.get("http://" + address + ":8099/");

        assertTrue(answer.startsWith("403 "), answer);
        assertFalse(answer.contains("guarded page"), answer);
    }

    @Test
    void anotherPodDoesNotBecomeTheOneAddressThroughTheRelay() throws IOException {
        String token = token();
        for (String header : new String[] {"X-Nothing: 1", "X-Hakube-Link: " + "0".repeat(token.length())}) {
            String answer = curl.get("http://" + address + ":65501/", header);

            assertTrue(answer.startsWith("403 "), answer);
            assertFalse(answer.contains("guarded page"), answer);
        }
        // It is the token that opens, nothing else about the Supervisor.
        assertEquals("200 a guarded page", curl.get("http://" + address + ":65501/", "X-Hakube-Link: " + token));
    }

    /** Nothing in the pod takes it as a source by itself, so that the app cannot be that address to others either. */
    @Test
    void theAddressIsNobodysSourceByItself() throws IOException {
        String route = node.kubectl("exec", POD, "-c", "addon", "--", "ip", "route", "get", "10.96.0.1");

        assertTrue(route.contains("src " + address), route);
    }

    @Test
    void theRelaysTokenIsInTheAppsSecretAlone() throws IOException {
        Secrecy secrecy = new Secrecy(node, token());

        secrecy.isInNothingBut("local-guarded-env");
        secrecy.isInNoProcessOf(POD, "addon");
        assertEquals(
                "", node.kubectl("exec", POD, "-c", "addon", "--", "sh", "-c", "ls /etc/hakube 2>/dev/null || true"));
    }

    @Test
    void theAppHasNoRightMoreThanWithoutTheRelay() throws IOException {
        assertThrowsInside("ip address add 172.30.32.3/32 dev lo");
    }

    private static void assertThrowsInside(String command) {
        IOException refusal = org.junit.jupiter.api.Assertions.assertThrows(
                IOException.class, () -> node.kubectl("exec", POD, "-c", "addon", "--", "sh", "-c", command));
        assertTrue(refusal.getMessage().contains("Operation not permitted"), refusal.getMessage());
    }

    private static boolean listens() {
        try {
            return curl.get("http://" + address + ":8099/").startsWith("403 ");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String token() throws IOException {
        return Secrecy.value(node, "local-guarded-env", "RELAY_TOKEN");
    }
}
