package hakube.relay;

import static hakube.testing.LoopbackApp.answer;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.LoopbackApp;
import hakube.testing.RawHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of every kind and length, against the real server and an app on loopback. */
class RelayBodiesTest {

    private static RelayHouse house;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 2047, 2048, 2049, 16384, 32 * 1024, 5_000_000})
    void bodiesOfAnyLengthComeBack(int length) throws IOException {
        byte[] body = octets(length);
        house.app.on("/known", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            wire.say(body);
        });
        house.app.on("/chunked", (request, wire) -> {
            wire.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int at = 0; at < length; at += 10_000) {
                int some = Math.min(10_000, length - at);
                wire.say(Integer.toHexString(some) + ";ext=1\r\n");
                wire.out().write(body, at, some);
                wire.say("\r\n");
            }
            wire.say("0\r\nX-Trailer: 1\r\n\r\n");
        });
        house.app.on("/old", (request, wire) -> {
            wire.say("HTTP/1.0 200 OK\r\n\r\n");
            wire.say(body);
            wire.close();
        });
        try (RawHttp client = house.client()) {
            for (String path : List.of("/known", "/chunked", "/old", "/known")) {
                RawHttp.Answer answer = client.send("GET", path);
                // The client reads UTF-8; the octets are ASCII.
                assertArrayEquals(body, answer.body().getBytes(StandardCharsets.UTF_8), path);
                boolean isStream = !path.equals("/known") || length >= 4_194_000;
                assertEquals(isStream ? "no" : null, answer.headers().get("x-accel-buffering"), path);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16383, 16384, 16385, 300_000, 16 * 1024 * 1024})
    void aBodyOfUnknownLengthIsSentWithItsLength(int length) throws IOException {
        house.app.on("/length", (request, wire) -> {
            byte[] body = LoopbackApp.body(request, wire);
            wire.say(answer(request.first("content-length") + " " + sum(body)));
        });
        byte[] body = octets(length);
        try (RawHttp client = house.client()) {
            for (int i = 0; i < 2; i++) {
                RawHttp.Answer answer = client.exchange("POST", out -> chunks(out, body));
                assertEquals("Optional[" + length + "] " + sum(body), answer.body());
                answer = client.send("PUT", "/length", body);
                assertEquals("Optional[" + length + "] " + sum(body), answer.body());
            }
        }
    }

    @Test
    void aStreamedBodyOfUnknownLengthGoesInChunks() throws IOException {
        house.streams(true);
        house.app.on("/length", (request, wire) -> {
            byte[] body = LoopbackApp.body(request, wire);
            wire.say(answer(request.first("transfer-encoding") + " " + sum(body)));
        });
        byte[] body = octets(20 * 1024 * 1024);
        try (RawHttp client = house.client()) {
            assertEquals(
                    "Optional[chunked] " + sum(body),
                    client.exchange("POST", out -> chunks(out, body)).body());
            assertEquals(
                    "Optional.empty " + sum(body),
                    client.send("POST", "/length", body).body());
        }
    }

    @Test
    void aBodyThatIsNotStreamedHasALimit() throws IOException {
        byte[] body = octets(16 * 1024 * 1024 + 1);
        try (RawHttp client = house.client()) {
            RawHttp.Answer answer = client.exchange("POST", out -> chunks(out, body));
            assertEquals(413, answer.status());
            assertEquals("close", answer.headers().get("connection"));
            assertEquals(413, client.send("POST", "/length", body).status());
        }
    }

    @Test
    void aPostWithoutBodySaysSo() throws IOException {
        try (RawHttp client = house.client()) {
            assertTrue(client.send("POST", "/x").body().contains("Content-Length: 0"));
        }
    }

    @Test
    void anEncodedBodyStaysEncoded() throws IOException {
        house.app.on("/encoded", (request, wire) -> {
            byte[] body = LoopbackApp.body(request, wire);
            wire.say(answer(request.first("content-encoding") + " " + body.length));
        });
        try (RawHttp client = house.client()) {
            assertEquals(
                    "Optional[gzip] 3",
                    client.send("POST", "/encoded", new byte[] {1, 2, 3}, "Content-Encoding: gzip")
                            .body());
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToGoOn() throws IOException {
        try (RawHttp client = house.client()) {
            RawHttp.Answer answer = client.send("POST", "/x", new byte[40_000], "Expect: 100-continue");
            assertEquals(200, answer.status());
            assertFalse(answer.body().contains("Expect"));
        }
    }

    private static void chunks(OutputStream out, byte[] body) throws IOException {
        out.write("POST /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (int at = 0; at < body.length; at += 100_000) {
            int some = Math.min(100_000, body.length - at);
            out.write((Integer.toHexString(some) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(body, at, some);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Small letters, the same for each length. */
    static byte[] octets(int length) {
        byte[] body = new byte[length];
        Random random = new Random(length);
        for (int i = 0; i < length; i++) {
            body[i] = (byte) ('a' + random.nextInt(26));
        }
        return body;
    }

    static long sum(byte[] bytes) {
        var sum = new CRC32();
        sum.update(bytes);
        return sum.getValue();
    }
}
