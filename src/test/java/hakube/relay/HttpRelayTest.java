package hakube.relay;

import static hakube.testing.LoopbackApp.answer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes when both sides behave, against the real server and an app on loopback. */
class HttpRelayTest {

    static RelayHouse house;

    @BeforeAll
    static void open() throws IOException {
        house = new RelayHouse();
    }

    @AfterEach
    void nothingIsHeld() throws Exception {
        house.streams(false);
        house.awaitNothingHeld();
    }

    @AfterAll
    static void close() throws IOException {
        house.close();
    }

    @Test
    void aRequestArrivesAsItWas() throws IOException {
        try (RawHttp client = house.client()) {
            RawHttp.Answer answer =
                    client.send("GET", "/a%2Fb/../c;d?q=%20&e", "X-One: 1", "X-One: 2", "Accept-Encoding: br");
            assertEquals(200, answer.status());
            List<String> head = answer.body().lines().toList();
            assertEquals("GET /a%2Fb/../c;d?q=%20&e HTTP/1.1", head.getFirst());
            assertTrue(
                    head.containsAll(List.of("Host: x", "X-One: 1", "X-One: 2", "Accept-Encoding: br")), answer.body());
            assertFalse(answer.body().toLowerCase().contains("content-length"), answer.body());
        }
    }

    /** UTF-8 or anything else: a relay knows neither. */
    @Test
    void valuesOfHeadersAreOctetsInBothDirections() throws Exception {
        StringBuilder octets = new StringBuilder("a");
        for (char c = 0x80; c <= 0xff; c++) {
            octets.append(c);
        }
        CompletableFuture<String> arrived = new CompletableFuture<>();
        house.app.on("/octets", (request, wire) -> {
            arrived.complete(request.first("X-Name").orElse("nothing"));
            wire.say(answer("x", "X-Name: " + octets));
        });
        try (RawHttp client = house.client()) {
            RawHttp.Answer answer = client.send("GET", "/octets", "X-Name: " + octets);
            assertEquals(octets.toString(), arrived.get(10, TimeUnit.SECONDS));
            assertEquals(octets.toString(), answer.headers().get("x-name"));
        }
    }

    @Test
    void aConnectionServesManyRequestsOnBothSides() throws IOException {
        try (RawHttp client = house.client()) {
            client.send("GET", "/warm");
            int before = house.app.connections();
            for (int i = 0; i < 20; i++) {
                assertEquals(200, client.send("GET", "/" + i).status());
            }
            assertEquals(before, house.app.connections());
        }
    }

    @Test
    void anAnswerComesBackAsItWas() throws IOException {
        house.app.on(
                "/answer",
                (request, wire) -> wire.say(
                        "HTTP/1.1 418 Short And Stout\r\nSet-Cookie: a=1\r\n"
                                + "Connection: keep-alive, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: timeout=5\r\nLocation: /elsewhere\r\n"
                                + "Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nxyz"));
        try (RawHttp client = house.client()) {
            RawHttp.Answer answer = client.send("GET", "/answer");
            assertEquals(418, answer.status());
            assertEquals("xyz", answer.body());
            assertEquals("text/html; charset=utf-8", answer.headers().get("content-type"));
            assertEquals("gzip", answer.headers().get("content-encoding"));
            assertEquals("a=1", answer.headers().get("set-cookie"));
            assertEquals("/elsewhere", answer.headers().get("location"));
            assertFalse(answer.headers().containsKey("x-hop"));
            assertFalse(answer.headers().containsKey("keep-alive"));
        }
    }

    @Test
    void aBodyWithoutTypeGetsTheOneForOctets() throws IOException {
        house.app.on("/untyped", (request, wire) -> wire.say(answer("x")));
        try (RawHttp client = house.client()) {
            assertEquals(
                    "application/octet-stream",
                    client.send("GET", "/untyped").headers().get("content-type"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerWithoutBodyHasNone(int status) throws IOException {
        house.app.on("/bare", (request, wire) -> wire.say("HTTP/1.1 " + status + " X\r\nETag: a\r\n\r\n"));
        try (RawHttp client = house.client()) {
            for (int i = 0; i < 2; i++) {
                RawHttp.Answer answer = client.send("GET", "/bare");
                assertEquals(status, answer.status());
                assertFalse(answer.headers().containsKey("content-type"));
                assertFalse(answer.headers().containsKey("content-length"));
                assertFalse(answer.headers().containsKey("transfer-encoding"));
                assertEquals("a", answer.headers().get("etag"));
            }
        }
    }

    @Test
    void anAnswerToHeadHasNoBody() throws IOException {
        house.app.on(
                "/head",
                (request, wire) ->
                        wire.say("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n"));
        try (RawHttp client = house.client()) {
            for (int i = 0; i < 2; i++) {
                RawHttp.Answer answer = client.send("HEAD", "/head");
                assertEquals(200, answer.status());
                assertEquals("text/html", answer.headers().get("content-type"));
            }
        }
    }

    @Test
    void interimAnswersAreReadOver() throws IOException {
        house.app.on(
                "/interim",
                (request, wire) ->
                        wire.say("HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 102 P\r\n\r\n" + answer("ok")));
        try (RawHttp client = house.client()) {
            assertEquals("ok", client.send("GET", "/interim").body());
        }
    }

    /** As an event stream does: each event is there before the next one is made. */
    @Test
    void whatComesGoesOutAtOnce() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        house.app.on("/events", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            Eventually.opens("the head has come", first);
            wire.say("3\r\none\r\n");
            Eventually.opens("the first event has come", second);
            wire.say("3\r\ntwo\r\n0\r\n\r\n");
        });
        try (Socket socket = new Socket(house.uri().getHost(), house.uri().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String head = readUntil(socket, "\r\n\r\n");
            assertTrue(head.contains("X-Accel-Buffering: no"), head);
            first.countDown();
            assertEquals("0003\r\none\r\n", readUntil(socket, "one\r\n"));
            second.countDown();
            assertEquals("0003\r\ntwo\r\n0\r\n\r\n", readUntil(socket, "0\r\n\r\n"));
        }
    }

    /** The app answers while it reads: neither direction waits for the other. */
    @Test
    void bothDirectionsRunAtTheSameTime() throws Exception {
        house.streams(true);
        house.app.on("/mirror", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: "
                    + request.first("content-length").orElseThrow() + "\r\n\r\n");
            byte[] buffer = new byte[4096];
            int left = Integer.parseInt(request.first("content-length").orElseThrow());
            while (left > 0) {
                int count = wire.in().read(buffer, 0, Math.min(left, buffer.length));
                wire.out().write(buffer, 0, count);
                left -= count;
            }
        });
        byte[] body = RelayBodiesTest.octets(8 * 1024 * 1024);
        try (Socket socket = new Socket(house.uri().getHost(), house.uri().getPort())) {
            socket.setSoTimeout(20_000);
            CompletableFuture<Long> back = CompletableFuture.supplyAsync(() -> {
                try {
                    readUntil(socket, "\r\n\r\n");
                    return RelayBodiesTest.sum(socket.getInputStream().readNBytes(body.length));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            socket.getOutputStream()
                    .write(("POST /mirror HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            assertEquals(RelayBodiesTest.sum(body), back.get(20, TimeUnit.SECONDS));
        }
    }

    static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("ended after " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
