package hakube.proxy;

import static hakube.testing.CallersHouse.CORE;
import static hakube.testing.CallersHouse.HOME;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.kubernetes.FakeCluster;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What passes between an app and Core's API, in both directions. */
@CallersHouse.Served
class CoreProxyPassageTest {

    private static final String BEARER = "Authorization: Bearer " + HOME;
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final URI server;
    private final FakeCluster cluster;
    private final State state;
    private CorePod pod;
    private RawHttp app;

    @Inject
    CoreProxyPassageTest(WebTarget target, FakeCluster cluster, State state) {
        this.server = target.getUri();
        this.cluster = cluster;
        this.state = state;
    }

    @BeforeEach
    void start() throws IOException {
        state.enter(SupervisorState.RUNNING);
        pod = new CorePod(cluster);
        app = new RawHttp(server);
    }

    @AfterEach
    void stop() throws IOException {
        app.close();
        pod.close();
    }

    @Test
    void onlyWhatIsNamedPasses() throws IOException {
        RawHttp.Answer answer = app.send(
                "POST",
                "/core/api/mcp",
                "body".getBytes(UTF_8),
                BEARER,
                "accept: text/event-stream",
                "X-Speech-Content: s",
                "Last-Event-ID: 5",
                "Mcp-Session-Id: m",
                "MCP-Protocol-Version: p",
                "Content-Type: multipart/form-data; boundary=abc",
                "Cookie: a=b",
                "Accept-Encoding: gzip",
                "X-Forwarded-For: 1.2.3.4",
                "X-Forwarded-Host: evil",
                "X-Hakube-Link: forged",
                "X-Supervisor-Token: " + CORE);
        assertEquals(
                Set.of(
                        "POST /api/mcp HTTP/1.1",
                        "Host: " + pod.core.address().getHostString() + ":8124",
                        "X-Hakube-Link: " + CorePod.LINK_TOKEN,
                        "Accept: text/event-stream",
                        "X-Speech-Content: s",
                        "Last-Event-ID: 5",
                        "Mcp-Session-Id: m",
                        "MCP-Protocol-Version: p",
                        "Content-Type: multipart/form-data; boundary=abc",
                        "Content-Length: 4"),
                answer.body().lines().collect(Collectors.toSet()));
    }

    @Test
    void ofTheAnswerOnlyWhatIsNamedPasses() throws IOException {
        pod.core.on(
                "/api/x",
                (request, wire) -> wire.say("HTTP/1.1 418 Odd\r\nContent-Length: 2\r\n"
                        + "Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-cache\r\nMcp-Session-Id: m\r\n"
                        + "Set-Cookie: a=b\r\nServer: core\r\nLocation: /there\r\nX-Hakube-Link: secret\r\n\r\nhi"));
        RawHttp.Answer answer = app.send("GET", "/core/api/x", BEARER);
        assertEquals(418, answer.status());
        assertEquals("hi", answer.body());
        assertEquals(
                Map.of(
                        "content-type", "text/plain",
                        "content-length", "2",
                        "cache-control", "no-cache",
                        "mcp-session-id", "m"),
                answer.headers());
    }

    @Test
    void aRefusalOfTheSupervisorIsABadGateway() throws IOException {
        pod.core.on("/api/x", (request, wire) -> wire.say("HTTP/1.1 401 X\r\nContent-Length: 6\r\n\r\nsecret"));
        assertPlain(502, "502: Bad Gateway", app.send("GET", "/core/api/x", BEARER));
    }

    @Test
    void eventsComeAtOnceAndEndWithTheApp() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        pod.core.on("/api/stream", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "5\r\nfirst\r\n");
            if (wire.in().read() < 0) {
                gone.countDown();
            }
        });
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout((int) DEADLINE.toMillis());
            socket.getOutputStream().write((RawHttp.head("GET", "/core/api/stream", BEARER) + "\r\n").getBytes(UTF_8));
            String seen = readTo(socket.getInputStream(), "first");
            assertTrue(seen.contains("Content-Type: text/event-stream\r\n"), seen);
            assertTrue(seen.contains("X-Accel-Buffering: no\r\n"), seen);
        }
        assertTrue(gone.await(20, TimeUnit.SECONDS), "Core hears that nobody listens");
    }

    /** Larger than any buffer on the way, of no told length. */
    @Test
    void aBodyPassesAsItComes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        pod.core.on("/api/upload", (request, wire) -> {
            int first = wire.in().read();
            begun.countDown();
            PushbackInputStream in = new PushbackInputStream(wire.in());
            in.unread(first);
            byte[] body = LoopbackApp.body(request, new LoopbackApp.Wire(wire.socket(), in, wire.out()));
            wire.say(LoopbackApp.answer(Integer.toString(body.length)));
        });
        byte[] half = new byte[9 * 1024 * 1024];
        RawHttp.Answer answer = app.exchange("POST", out -> {
            out.write((RawHttp.head("POST", "/core/api/upload", BEARER, "Transfer-Encoding: chunked") + "\r\n")
                    .getBytes(UTF_8));
            chunk(out, half);
            out.flush();
            Eventually.opens("Core has the beginning before the end was sent", begun);
            chunk(out, half);
            out.write("0\r\n\r\n".getBytes(UTF_8));
        });
        assertEquals(200, answer.status());
        assertEquals(Integer.toString(2 * half.length), answer.body());
    }

    @Test
    void aHeadHasNoSecondLineOfOurs() throws IOException {
        for (String path : List.of("/core/api/x%0d%0aX-Evil:1", "/core/api/x?a=b%0d%0aX-Evil:1")) {
            RawHttp.Answer answer = app.send("GET", path, BEARER);
            assertFalse(answer.body().lines().anyMatch(line -> line.startsWith("X-Evil")), answer.body());
        }
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(UTF_8));
    }

    private static String readTo(InputStream in, String end) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(end) < 0) {
            int next = in.read();
            assertTrue(next >= 0, seen.toString());
            seen.append((char) next);
        }
        return seen.toString();
    }

    private static void assertPlain(int status, String text, RawHttp.Answer answer) {
        assertEquals(status, answer.status());
        assertEquals(text, answer.body());
        assertEquals("text/plain", answer.type());
    }
}
