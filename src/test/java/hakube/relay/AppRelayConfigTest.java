package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.FreePort;
import hakube.testing.LoopbackApp;
import hakube.testing.Nginx;
import hakube.testing.RawHttp;
import hakube.testing.RawWebSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The text in a real nginx, on the address of a pod, with an address of this machine in the place of 172.30.32.2. */
class AppRelayConfigTest {

    private static final String TOKEN = "0123456789abcdef".repeat(7);
    private static final String RIGHT = CoreLinkConfig.HEADER + ": " + TOKEN;
    private static final String POD = "127.88.3.4";
    private static final String SOURCE = "127.88.30.2";

    @TempDir
    private static Path folder;

    private static URI relay;
    private static int appPort;
    private static int streamPort;
    private static int databasePort;
    private static LoopbackApp app;
    private static Nginx nginx;

    @BeforeAll
    static void start() throws Exception {
        int port = FreePort.find();
        appPort = FreePort.find();
        streamPort = FreePort.find();
        databasePort = FreePort.find();
        relay = URI.create("http://" + POD + ":" + port);
        app = LoopbackApp.listen(POD, appPort);
        nginx = Nginx.start(
                folder,
                new AppRelayConfig(
                                TOKEN, port, appPort, Optional.of(new AppRelayConfig.Stream(streamPort, databasePort)))
                        .text()
                        .replace("/tmp/", folder + "/")
                        .replace("listen 0.0.0.0:", "listen " + POD + ":")
                        .replace("proxy_bind " + AppRelayConfig.ADDRESS, "proxy_bind " + SOURCE),
                new InetSocketAddress(POD, port));
    }

    @AfterAll
    static void stop() throws Exception {
        try (LoopbackApp first = app;
                Nginx second = nginx) {
            // Whatever came to be.
        }
    }

    @Test
    void theAppSeesTheOneAddressThatItTrusts() throws Exception {
        app.on("/who", (request, wire) -> {
            String peer = wire.socket().getInetAddress().getHostAddress();
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: " + peer.length() + "\r\n\r\n" + peer);
        });
        try (RawHttp client = new RawHttp(relay)) {
            assertEquals(SOURCE, client.send("GET", "/who", RIGHT).body());
        }
    }

    @Test
    void aDatabaseSeesTheAddressThatItTrustsAndEveryOctetInBothDirections() throws Exception {
        try (ServerSocket database = new ServerSocket(databasePort, 1, InetAddress.ofLiteral(POD));
                Socket client = new Socket(POD, streamPort);
                Socket far = database.accept()) {
            client.setSoTimeout(10_000);
            far.setSoTimeout(10_000);
            assertEquals(SOURCE, far.getInetAddress().getHostAddress());
            far.getOutputStream().write("\0 10.11-MariaDB".getBytes(StandardCharsets.US_ASCII));
            assertEquals(
                    "\0 10.11-MariaDB", new String(client.getInputStream().readNBytes(15), StandardCharsets.US_ASCII));
            client.getOutputStream().write("select 1".getBytes(StandardCharsets.US_ASCII));
            client.shutdownOutput();
            assertEquals("select 1", new String(far.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void withoutIngressThereIsNoHttp() {
        AppRelayConfig config =
                new AppRelayConfig(TOKEN, 65501, 0, Optional.of(new AppRelayConfig.Stream(65502, 3306)));
        assertFalse(config.text().contains("http {") || config.text().contains(TOKEN), config.text());
    }

    @Test
    void withoutTheTokenNothingReachesTheApp() throws Exception {
        for (String wrong : List.of(
                "X-Other: 1",
                CoreLinkConfig.HEADER + ":",
                CoreLinkConfig.HEADER + ": " + TOKEN.substring(1),
                CoreLinkConfig.HEADER + ": " + TOKEN + "0",
                "Cookie: " + RIGHT)) {
            try (RawHttp client = new RawHttp(relay)) {
                assertEquals(403, client.send("GET", "/", wrong).status(), wrong);
            }
        }
    }

    @Test
    void whatTheSupervisorMadePassesAsItIs() throws Exception {
        try (RawHttp client = new RawHttp(relay)) {
            List<String> head = client.send(
                            "GET",
                            "/a//b;c%2Fd/../e?x=%41",
                            RIGHT,
                            "X-Forwarded-For: 1.2.3.4, 5.6.7.8",
                            "X-Ingress-Path: /api/hassio_ingress/t",
                            "X_Under_Score: yes",
                            "Accept-Encoding: gzip, br",
                            "Authorization: Basic eA==")
                    .body()
                    .lines()
                    .toList();

            assertEquals("GET /a//b;c%2Fd/../e?x=%41 HTTP/1.1", head.getFirst());
            assertTrue(
                    head.containsAll(List.of(
                            "X-Forwarded-For: 1.2.3.4, 5.6.7.8",
                            "X-Ingress-Path: /api/hassio_ingress/t",
                            "X_Under_Score: yes",
                            "Accept-Encoding: gzip, br",
                            "Authorization: Basic eA==")),
                    head.toString());
            assertFalse(head.toString().contains(TOKEN), head.toString());
            assertTrue(head.contains("Host: x"), head.toString());
        }
    }

    /** nginx would take some for orders to itself, and put others in the place of the app's own. */
    @Test
    void theAnswersHeadersAreTheAppsOwn() throws Exception {
        app.on(
                "/headers",
                (request, wire) ->
                        wire.say("HTTP/1.1 401 Who\r\nServer: theirs\r\nDate: never\r\nX-Accel-Redirect: /x\r\n"
                                + "X-Accel-Limit-Rate: 1\r\nLocation: http://" + POD + ":" + appPort + "/x\r\n"
                                + "WWW-Authenticate: Basic\r\nContent-Length: 2\r\n\r\nno"));
        try (RawHttp client = new RawHttp(relay)) {
            RawHttp.Answer answer = client.send("GET", "/headers", RIGHT);

            assertEquals(401, answer.status());
            assertEquals("no", answer.body());
            Map.of(
                            "server", "theirs",
                            "date", "never",
                            "x-accel-redirect", "/x",
                            "x-accel-limit-rate", "1",
                            "location", "http://" + POD + ":" + appPort + "/x",
                            "www-authenticate", "Basic")
                    .forEach((name, value) ->
                            assertEquals(value, answer.headers().get(name), name));
        }
    }

    @Test
    void aLargeBodyPasses() throws Exception {
        app.on("/large", (request, wire) -> {
            wire.in().readNBytes(5_000_000);
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        });
        try (RawHttp client = new RawHttp(relay)) {
            assertEquals(
                    "ok",
                    client.send("POST", "/large", new byte[5_000_000], RIGHT).body());
        }
    }

    @Test
    void aWebSocketPasses() throws Exception {
        app.on("/ws", (request, wire) -> {
            RawWebSocket socket = RawWebSocket.accept(request, wire);
            socket.send(socket.receive().text() + "!");
            socket.receive();
        });
        try (RawWebSocket socket = RawWebSocket.connect(relay, "/ws", RIGHT)) {
            assertEquals("hello!", socket.send("hello").receive().text());
        }
    }

    /** As where ingress dials the app itself: the frontend waits for these words. */
    @Test
    void anAppThatDoesNotListenIsABadGateway() throws Exception {
        int nobody = FreePort.find();
        Path own = Files.createDirectory(folder.resolve("nobody"));
        int port = FreePort.find();
        try (Nginx other = Nginx.start(
                        own,
                        new AppRelayConfig(TOKEN, port, nobody)
                                .text()
                                .replace("/tmp/", own + "/")
                                .replace("listen 0.0.0.0:", "listen " + POD + ":")
                                .replace("proxy_bind " + AppRelayConfig.ADDRESS, "proxy_bind " + SOURCE),
                        new InetSocketAddress(POD, port));
                RawHttp client = new RawHttp(URI.create("http://" + POD + ":" + port))) {
            RawHttp.Answer answer = client.send("GET", "/", RIGHT);

            assertEquals(502, answer.status());
            assertEquals("502: Bad Gateway", answer.body());
            assertFalse(other.log().contains(TOKEN), other.log());
        }
    }

    @Test
    void onlyHexDigitsGetIntoTheText() {
        for (String other : List.of("", "abc", "g".repeat(40), TOKEN + "\"", TOKEN + "\n")) {
            assertThrows(IllegalArgumentException.class, () -> new AppRelayConfig(other, 1, 2), other);
        }
        assertFalse(new AppRelayConfig(TOKEN, 1, 2).toString().contains(TOKEN));
    }
}
