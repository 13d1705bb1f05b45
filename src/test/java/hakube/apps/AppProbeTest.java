package hakube.apps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import hakube.testing.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a sign of life, asked of a real server. */
class AppProbeTest {

    private static final String HOST = "127.0.0.1";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AppProbe probe;
    private HttpServer server;

    AppProbeTest() {
        probe = new AppProbe();
    }

    /** Answers with the status that its path names; a second part is where it redirects to. */
    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(HOST, 0), 0);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(path);
            String[] parts = path.substring(1).split(",", 2);
            if (parts.length > 1) {
                exchange.getResponseHeaders().set("Location", parts[1]);
            }
            exchange.sendResponseHeaders(Integer.parseInt(parts[0]), -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    @ParameterizedTest
    @CsvSource({"/200, true", "/204, true", "/304, false", "/401, false", "/403, true", "/500, false"})
    void aStatusBelow300IsFineAndSoIsARefusalOfTheAddress(String path, boolean isFine) throws InterruptedException {
        assertEquals(isFine, answers(path));
        assertEquals(List.of(path), asked);
    }

    @Test
    void aRedirectIsFollowedOnTheSameHost() throws InterruptedException {
        assertTrue(answers("/302,/200"));
        assertFalse(answers("/302,/503"));
        assertEquals(List.of("/302,/200", "/200", "/302,/503", "/503"), asked);
    }

    @Test
    void aRedirectToSomebodyElseIsAnAnswerAndNobodyElseIsAsked() throws InterruptedException {
        int port = server.getAddress().getPort();
        assertTrue(answers("/302,http://localhost:" + port + "/500"));
        assertTrue(answers("/302,http://169.254.169.254/"));
        assertEquals(2, asked.size());
    }

    @Test
    void redirectsWithoutEndAreNoAnswer() throws InterruptedException {
        assertFalse(answers("/302,"));
    }

    @Test
    void aConnectionIsEnoughForTcp() throws IOException, InterruptedException {
        int port;
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            port = open.getLocalPort();
            assertTrue(probe.answers(HOST, new WatchdogAddress("tcp", port, "")));
        }
        assertFalse(probe.answers(HOST, new WatchdogAddress("tcp", port, "")));
        assertFalse(probe.answers(HOST, new WatchdogAddress("http", port, "/")));
    }

    @Test
    void tcpIsGivenHalfASecond() throws IOException, InterruptedException {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            // Nobody accepts: whoever comes after these gets neither a connection nor a refusal.
            while (waiting.stream().allMatch(Socket::isConnected)) {
                waiting.add(knock(full));
            }
            long begin = System.nanoTime();

            assertFalse(probe.answers(HOST, new WatchdogAddress("tcp", full.getLocalPort(), "")));

            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            assertTrue(taken.toMillis() >= 500, taken::toString);
            assertTrue(taken.compareTo(Duration.ofSeconds(2)) < 0, taken::toString);
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static Socket knock(ServerSocket server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server.getLocalSocketAddress(), 200);
        } catch (SocketTimeoutException isFull) {
            socket.close();
        }
        return socket;
    }

    @Test
    void aCertificateThatNobodySignedIsTaken(@TempDir Path folder) throws Exception {
        HttpsServer tls = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(HOST), 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.in(folder)));
        tls.createContext("/", exchange -> {
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/ok") ? 200 : 500, -1);
            exchange.close();
        });
        tls.start();
        try {
            int port = tls.getAddress().getPort();
            assertTrue(probe.answers(HOST, new WatchdogAddress("https", port, "/ok")));
            assertFalse(probe.answers(HOST, new WatchdogAddress("https", port, "/bad")));
        } finally {
            tls.stop(0);
        }
    }

    @Test
    void whatIsNoAddressIsNoAnswer() throws InterruptedException {
        assertFalse(answers("/a b"));
        assertEquals(List.of(), asked);
    }

    private boolean answers(String path) throws InterruptedException {
        return probe.answers(
                HOST, new WatchdogAddress("http", server.getAddress().getPort(), path));
    }
}
