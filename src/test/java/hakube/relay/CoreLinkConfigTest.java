package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.FreePort;
import hakube.testing.Nginx;
import hakube.testing.RawHttp;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text in a real nginx, before a server on a Unix socket. */
class CoreLinkConfigTest {

    private static final String TOKEN = "0123456789abcdef".repeat(7);
    private static final String RIGHT = CoreLinkConfig.HEADER + ": " + TOKEN;
    private static final CountDownLatch FIRST_PART_SEEN = new CountDownLatch(1);

    @TempDir
    private static Path folder;

    private static SocketServer core;
    private static Nginx nginx;
    private static int linkPort;
    private static int readyPort;

    @BeforeAll
    static void start() throws Exception {
        linkPort = FreePort.find();
        readyPort = FreePort.find();
        Path socket = folder.resolve("core.sock");
        core = new SocketServer(socket, CoreLinkConfigTest::answer);
        String text = new CoreLinkConfig(TOKEN)
                .text()
                .replace("/tmp/", folder + "/")
                .replace(CoreLinkConfig.SOCKET, socket.toString())
                .replace("0.0.0.0:" + CoreLinkConfig.PORT, "127.0.0.1:" + linkPort)
                .replace("0.0.0.0:" + CoreLinkConfig.READY_PORT, "127.0.0.1:" + readyPort);
        if (Files.exists(Path.of("/proc/net/if_inet6"))) {
            // What the container writes where there is IPv6.
            Files.writeString(folder.resolve("link-listen.conf"), "listen [::1]:" + linkPort + ";\n");
        }
        nginx = Nginx.start(
                folder,
                text,
                new InetSocketAddress("127.0.0.1", linkPort),
                new InetSocketAddress("127.0.0.1", readyPort));
    }

    @AfterAll
    static void stop() throws Exception {
        try (SocketServer first = core;
                Nginx second = nginx) {
            // Whatever came to be.
        }
    }

    @Test
    void theTokenLetsThroughAndIsTakenOff() throws Exception {
        try (RawHttp link = link()) {
            RawHttp.Answer answer = link.send("GET", "/api/a%2Fb//c?x=%20", RIGHT);

            assertEquals(200, answer.status());
            assertTrue(answer.body().startsWith("GET /api/a%2Fb//c?x=%20 HTTP/1.1\r\n"), answer.body());
            assertFalse(answer.body().contains(TOKEN), answer.body());
        }
    }

    @Test
    void withoutTheTokenNothingReachesCore() throws Exception {
        for (String wrong : List.of(
                "X-Other: 1",
                CoreLinkConfig.HEADER + ":",
                CoreLinkConfig.HEADER + ": " + TOKEN.substring(1),
                CoreLinkConfig.HEADER + ": " + TOKEN + "0",
                CoreLinkConfig.HEADER + ": " + TOKEN.toUpperCase(Locale.ROOT),
                "Authorization: Bearer " + TOKEN,
                "Cookie: " + RIGHT)) {
            for (String upgrade : List.of("X-Nothing: 1", "Connection: upgrade\r\nUpgrade: websocket")) {
                try (RawHttp link = link()) {
                    assertEquals(403, link.send("GET", "/never", wrong, upgrade).status(), wrong);
                }
            }
        }
        assertEquals(
                List.of(),
                core.heads().stream().filter(head -> head.contains("/never")).toList());
    }

    @Test
    void nothingSaysThroughWhomTheRequestCame() throws Exception {
        try (RawHttp link = link()) {
            String head = link.send(
                            "GET",
                            "/forwarded",
                            RIGHT,
                            "X-Forwarded-For: 1.2.3.4",
                            "x-forwarded-proto: https",
                            "X-Forwarded-Host: evil",
                            "Forwarded: for=1.2.3.4",
                            "X-Real-IP: 1.2.3.4",
                            "Authorization: Bearer old",
                            "X-Kept: yes")
                    .body()
                    .toLowerCase(Locale.ROOT);

            assertTrue(head.contains("x-kept: yes"), head);
            assertTrue(head.contains("host: localhost"), head);
            for (String name : List.of("forwarded", "real-ip", "authorization")) {
                assertFalse(head.replace("get /forwarded", "").contains(name), head);
            }
        }
    }

    @Test
    void aWebSocketPassesBothWays() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", linkPort)) {
            socket.setSoTimeout(10_000);
            write(
                    socket.getOutputStream(),
                    "GET /api/websocket HTTP/1.1\r\nHost: x\r\n" + RIGHT
                            + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            InputStream in = socket.getInputStream();
            assertTrue(until(in, "\r\n\r\n").startsWith("HTTP/1.1 101 "));

            write(socket.getOutputStream(), "ping\n");

            assertEquals("ping\n", until(in, "\n"));
        }
    }

    @Test
    void anAnswerIsHandedOnAsItIsMade() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", linkPort)) {
            socket.setSoTimeout(10_000);
            write(socket.getOutputStream(), "GET /slow HTTP/1.1\r\nHost: x\r\n" + RIGHT + "\r\n\r\n");
            until(socket.getInputStream(), "first");

            // Only now the rest of the answer is made.
            FIRST_PART_SEEN.countDown();

            until(socket.getInputStream(), "second");
        }
    }

    @Test
    void aRequestIsHandedOnAsItComes() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", linkPort)) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            write(out, "POST /upload HTTP/1.1\r\nHost: x\r\n" + RIGHT + "\r\nContent-Length: 20000000\r\n\r\nbegin");

            assertTrue(until(socket.getInputStream(), "seen begin").startsWith("HTTP/1.1 200 "));
        }
    }

    @Test
    void readinessIsOnePageForEverybody() throws Exception {
        try (RawHttp ready = new RawHttp(URI.create("http://127.0.0.1:" + readyPort))) {
            RawHttp.Answer page = ready.send("GET", "/manifest.json?a=b", "X-Given: 1", "Cookie: c=d");
            assertEquals(200, page.status());
            assertTrue(page.body().startsWith("GET /manifest.json HTTP/1.1\r\n"), page.body());
            assertFalse(page.body().contains("X-Given"), page.body());

            // All of them are the page by nginx's reading; to Core the path must not look otherwise.
            for (String spelling : List.of("/api/../manifest.json", "//manifest.json", "/%6danifest.json")) {
                String asked = ready.send("GET", spelling).body();
                assertTrue(asked.startsWith("GET /manifest.json HTTP/1.1\r\n"), asked);
            }
            assertEquals(404, ready.send("GET", "/api/config").status());
            assertEquals(404, ready.send("GET", "/manifest.json/x", RIGHT).status());
            assertEquals(403, ready.send("POST", "/manifest.json", new byte[1]).status());
        }
    }

    @Test
    void theTokenIsNeverLogged() throws Exception {
        try (RawHttp link = link()) {
            link.send("GET", "/broken", RIGHT);
        }
        assertTrue(nginx.log().contains("/broken"), nginx.log());
        assertFalse(nginx.log().contains(TOKEN), nginx.log());
        assertFalse(new CoreLinkConfig(TOKEN).toString().contains(TOKEN));
    }

    @Test
    void onlyHexDigitsGetIntoTheText() {
        for (String other : List.of("", "abc", "g".repeat(40), TOKEN + "\"", TOKEN + "\n")) {
            assertThrows(IllegalArgumentException.class, () -> new CoreLinkConfig(other), other);
        }
    }

    private static void answer(String head, InputStream in, OutputStream out) throws Exception {
        switch (head.split(" ", 3)[1]) {
            case "/api/websocket" -> {
                write(out, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
                in.transferTo(out);
            }
            case "/slow" -> {
                write(out, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nfirst");
                FIRST_PART_SEEN.await(10, TimeUnit.SECONDS);
                write(out, "second");
            }
            case "/upload" ->
                SocketServer.send(out, "200 OK", "seen " + new String(in.readNBytes(5), StandardCharsets.US_ASCII));
            case "/broken" -> throw new IllegalStateException("the connection ends without an answer");
            default -> SocketServer.send(out, "200 OK", head);
        }
    }

    private static void write(OutputStream out, String text) throws Exception {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String until(InputStream in, String end) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new AssertionError("the connection ended: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static RawHttp link() {
        return new RawHttp(URI.create("http://127.0.0.1:" + linkPort));
    }
}
