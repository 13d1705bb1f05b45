package hakube.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import hakube.testing.FreePort;
import hakube.testing.GitHttpServer;
import hakube.testing.GitRepositories.Entry;
import hakube.testing.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that send too much, nothing, something else, or to somebody else. */
class HostileServersTest extends GitCase {

    private static final String APPS = "apps";
    private static final String LIST = "application/x-git-upload-pack-advertisement";

    @Test
    void aHugePackIsRefusedWhileItComes() throws Exception {
        Random random = new Random(7);
        Map<String, Entry> entries = new HashMap<>();
        for (int i = 0; i < 64; i++) {
            byte[] noise = new byte[1 << 20];
            random.nextBytes(noise);
            entries.put("f" + i, repositories.file(APPS, noise));
        }
        repositories.commit(APPS, "main", repositories.flat(APPS, entries));
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            GitFailure failure = failure(address(http.gitUrl(APPS)));

            assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
            assertEquals("it sends more than " + MOST + " bytes (SUPERVISOR_REPOSITORY_SIZE)", failure.getMessage());
            // What the sockets' buffers of both sides hold was sent as well.
            assertTrue(http.sent() < 32 << 20, () -> http.sent() + " bytes were sent");
        }
    }

    @Test
    void oneHugeFileIsRefusedHoweverSmallItIsPacked() throws Exception {
        repositories.commit(
                APPS, "main", repositories.flat(APPS, Map.of("zeros", repositories.file(APPS, new byte[33 << 20]))));

        GitFailure failure = failure(address(repositories.gitUrl(APPS)));

        assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
        assertTrue(failure.getMessage().contains("Object too large (34,603,008 bytes)"), failure::getMessage);
    }

    /** Room for each would be made at once. */
    @Test
    void aPackThatAnnouncesMillionsOfObjectsIsRefusedByItsHead() throws Exception {
        byte[] head = ByteBuffer.allocate(16)
                .put("PACK".getBytes(StandardCharsets.US_ASCII))
                .putInt(2)
                .putInt(-1)
                .array();
        try (PackInput pack = new PackInput(new ByteArrayInputStream(head), new Meter(MOST, TIME))) {
            assertEquals('P', pack.read());
            String message = assertThrows(LimitExceeded.class, () -> pack.read(new byte[64], 0, 64))
                    .getMessage();

            assertEquals("it announces 4294967295 objects, at most 100000 are taken", message);
        }
    }

    @Test
    void anEndlessListOfBranchesIsCutOff() throws Exception {
        try (GitHttpServer http = new GitHttpServer(repositories).at("/endless", HostileServersTest::listForEver)) {
            GitFailure failure = failure(address(http.url("/endless")));

            assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
            assertEquals("the server says more than 4194304 bytes besides its files", failure.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254", "http://[fe80::1]", "http://0.0.0.0:80"})
    void nobodyIsRedirectedToALinkLocalAddress(String goal) throws Exception {
        try (GitHttpServer http = new GitHttpServer(repositories)
                .at("/away", exchange -> redirect(exchange, goal + "/latest/info/refs?service=git-upload-pack"))) {
            GitFailure failure = failure(address(http.url("/away")));

            assertEquals(GitFailure.Kind.REFUSED, failure.kind());
            assertTrue(failure.getMessage().contains("link-local"), failure::getMessage);
        }
    }

    @Test
    void aRedirectToTheSameServerIsFollowed() throws Exception {
        repositories.commit(APPS, Map.of("a", "1"));
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            http.at("/moved", exchange -> redirect(exchange, http.gitUrl(APPS) + "/info/refs?service=git-upload-pack"));

            assertEquals(Set.of("a"), files(fetch(address(http.url("/moved"))).folder()));
        }
    }

    /** What a wrong host key is to {@code ssh}, which is not spoken. */
    @Test
    void aServerWithAnotherKeyThanItsOwnIsNotTakenForIt() throws Exception {
        HttpsServer tls = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        tls.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.in(folder)));
        repositories.commit(APPS, Map.of("a", "1"));
        try (GitHttpServer http = new GitHttpServer(repositories, (HttpServer) tls)) {
            GitFailure failure = failure(address("https://127.0.0.1:" + http.port() + "/git/" + APPS));

            assertEquals(GitFailure.Kind.UNREACHABLE, failure.kind());
            assertTrue(failure.getMessage().contains("certificat"), failure::getMessage);
            assertFalse(failure.getMessage().contains("Exception"), failure::getMessage);
            assertEquals(0, http.requests());
        }
    }

    @Test
    void whoOnlyHandsOutFilesIsNoGitServer() throws Exception {
        String list = "0123456789012345678901234567890123456789\trefs/heads/main\n";
        try (GitHttpServer http = new GitHttpServer(repositories)
                .at("/dumb", exchange -> answer(exchange, "text/plain", list.getBytes(StandardCharsets.UTF_8)))) {
            GitFailure failure = failure(address(http.url("/dumb"), "main"));

            assertEquals(GitFailure.Kind.REFUSED, failure.kind());
            assertEquals("the server only hands out files, and a git server is needed", failure.getMessage());
        }
    }

    @Test
    void whatIsNoRepositoryIsGone() throws Exception {
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            GitFailure failure = failure(address(http.url("/none")));

            assertEquals(GitFailure.Kind.GONE, failure.kind());
        }
    }

    @Test
    void nobodyThereIsOneLine() throws IOException {
        String url = "http://127.0.0.1:" + FreePort.find() + "/apps";

        GitFailure failure = failure(address(url));

        assertEquals(GitFailure.Kind.UNREACHABLE, failure.kind());
        assertTrue(
                failure.getMessage().contains("refused")
                        && failure.getMessage().lines().count() == 1,
                failure::getMessage);
    }

    @Test
    void neitherUserNorPasswordIsInAMessage() throws Exception {
        try (GitHttpServer http = new GitHttpServer(repositories).at("/closed", exchange -> {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"x\"");
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        })) {
            String url = http.url("/closed").replace("://", "://somebody:s3cret@");
            for (String tried : new String[] {url, url.replace("closed", "none"), url.replace(":s3cret", "")}) {
                String message = failure(address(tried)).getMessage();

                assertFalse(message.contains("s3cret") || message.contains("somebody"), message);
            }
            assertEquals(http.url("/closed") + "#b", address(url, "b").shown());
        }
    }

    @Test
    void aServerThatSaysNothingIsLeftWhenTheTimeIsOver() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            for (String scheme : new String[] {"git", "http"}) {
                String url = scheme + "://127.0.0.1:" + silent.getLocalPort() + "/apps";

                GitFailure failure = failure(address(url), Duration.ofSeconds(1));

                assertEquals(GitFailure.Kind.UNREACHABLE, failure.kind());
                assertEquals("it is not done after PT1S (SUPERVISOR_REPOSITORY_TIMEOUT)", failure.getMessage());
            }
        }
    }

    /** Each read comes back in time, and none of them brings much. */
    @Test
    void aServerThatSpeaksAByteAtATimeIsLeftAsWell() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"))) {
            Thread.ofVirtual().start(() -> drip(slow));

            GitFailure failure =
                    failure(address("http://127.0.0.1:" + slow.getLocalPort() + "/apps"), Duration.ofSeconds(1));

            assertEquals("it is not done after PT1S (SUPERVISOR_REPOSITORY_TIMEOUT)", failure.getMessage());
        }
    }

    private static void drip(ServerSocket server) {
        try (Socket client = server.accept();
                OutputStream out = client.getOutputStream()) {
            out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write("X-More: 1\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
                LockSupport.parkNanos(50_000_000);
            }
        } catch (IOException gone) {
            // As it should.
        }
    }

    private static void redirect(HttpExchange exchange, String goal) throws IOException {
        exchange.getResponseHeaders().add("Location", goal);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static void listForEver(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", LIST);
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(GitHttpServer.packet("# service=git-upload-pack\n"));
            out.write("0000".getBytes(StandardCharsets.US_ASCII));
            String commit = "0123456789012345678901234567890123456789";
            out.write(GitHttpServer.packet(commit + " HEAD\0side-band-64k shallow\n"));
            for (int i = 0; ; i++) {
                out.write(GitHttpServer.packet(commit + " refs/heads/b" + i + "\n"));
            }
        } catch (IOException enough) {
            // The client went away.
        }
    }
}
