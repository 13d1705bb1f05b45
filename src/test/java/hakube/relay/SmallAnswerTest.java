package hakube.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which answers are taken whole, and which are left to a thread. */
class SmallAnswerTest {

    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private static SmallAnswer look(String come, String method) {
        Errand errand = new Errand(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 1),
                "/",
                List.of(),
                false,
                head -> head.fields().stream()
                        .filter(field -> field.is("x-own"))
                        .toList());
        byte[] bytes = come.getBytes(StandardCharsets.ISO_8859_1);
        return SmallAnswer.of(bytes, bytes.length, errand, method, new byte[64]);
    }

    private static String whole(String come, String method) {
        var octets =
                assertInstanceOf(SmallAnswer.Whole.class, look(come, method)).octets();
        return new String(octets.array(), 0, octets.remaining(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aSmallOneOfKnownLengthIsTakenWhenAllOfItIsThere() {
        String come = "HTTP/1.1 404 Not here\r\nX-Own: a\r\nContent-Length: 3\r\nX-Other: b\r\n\r\nabc";
        for (int count = 0; count < come.length(); count++) {
            assertSame(SmallAnswer.COMING, look(come.substring(0, count), "GET"));
        }
        assertEquals(
                "HTTP/1.1 404 Not here\r\nX-Own: a\r\nContent-Type: application/octet-stream\r\nContent-Length: 3\r\n\r\nabc",
                whole(come, "GET"));
    }

    @ParameterizedTest
    @CsvSource({"200,HEAD", "204,GET", "304,GET"})
    void oneWithoutBodyIsItsHead(int status, String method) {
        assertEquals(
                "HTTP/1.1 " + status + " x\r\n\r\n",
                whole("HTTP/1.1 " + status + " x\r\nContent-Length: 9\r\n\r\n", method));
    }

    @Test
    void chunksAreTakenWhenTheyAreAllThere() {
        String body = "A\r\n0123456789\r\n01\r\nx\r\n0\r\n\r\n";
        assertEquals(
                "HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n"
                        + "X-Accel-Buffering: no\r\n\r\n" + body,
                whole(CHUNKED + body, "GET"));
        for (int count = 0; count < body.length(); count++) {
            assertSame(SmallAnswer.OTHER, look(CHUNKED + body.substring(0, count), "GET"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0\r\n\r\nmore",
                "0\r\nTrailer: x\r\n\r\n",
                "1;ext=1\r\nx\r\n0\r\n\r\n",
                "2\r\nx\r\n0\r\n\r\n",
                "1\r\nxx\r\n0\r\n\r\n",
                "-1\r\nx\r\n0\r\n\r\n",
                "\r\nx\r\n0\r\n\r\n",
                "1\nx\n0\n\n",
                "1 \r\nx\r\n0\r\n\r\n",
                "fffffff\r\nx\r\n0\r\n\r\n",
                "7fffffff\r\nx\r\n0\r\n\r\n",
            })
    void oddChunksAreLeftToAThread(String body) {
        assertSame(SmallAnswer.OTHER, look(CHUNKED + body, "GET"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2 200 OK\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nuntil the end",
                "HTTP/1.1 200 OK\r\nContent-Length: 32768\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nbad header: 1\r\nContent-Length: 0\r\n\r\n",
            })
    void whateverElseComesIsLeftToAThread(String come) {
        assertSame(SmallAnswer.OTHER, look(come, "GET"));
    }

    @Test
    void aHeadWithoutEndIsLeftToAThread() {
        String begin = "HTTP/1.1 200 OK\r\nX: ";
        assertSame(SmallAnswer.COMING, look(begin + "x".repeat(SmallAnswer.LARGEST - begin.length() - 1), "GET"));
        assertSame(SmallAnswer.OTHER, look(begin + "x".repeat(SmallAnswer.LARGEST - begin.length()), "GET"));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1,keep-alive,true", "HTTP/1.1,close,false", "HTTP/1.0,x,false", "HTTP/1.0,keep-alive,true"})
    void theConnectionIsLeftWhereTheAppLeavesIt(String version, String connection, boolean isLeft) {
        SmallAnswer answer =
                look(version + " 200 OK\r\nConnection: " + connection + "\r\nContent-Length: 0\r\n\r\n", "GET");
        assertEquals(isLeft, assertInstanceOf(SmallAnswer.Whole.class, answer).leavesConnection());
    }

    @Test
    void aHeaderThatCannotBeSentIsLeftToAThread() {
        assertTrue(
                look("HTTP/1.1 200 OK\r\nX-Own: a\r\nContent-Length: 0\r\n\r\n", "GET") instanceof SmallAnswer.Whole);
        assertSame(SmallAnswer.OTHER, look("HTTP/1.1 200 O\0K\r\nX-Own: a\r\nContent-Length: 0\r\n\r\n", "GET"));
    }
}
