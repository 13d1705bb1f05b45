package hakube.front;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.relay.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is plain, and what is left to the server. */
class RequestHeadTest {

    private static Optional<RequestHead> read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return RequestHead.of(bytes, bytes.length);
    }

    @Test
    void aPlainRequestIsReadAsItCame() {
        RequestHead head = read("GET /ingress/a_B-1/x%20y?q=/%2f&r=? HTTP/1.1\r\nHost: home.example:8123\r\n"
                        + "X-One:  1 \t\r\nX-One: \r\nConnection: Keep-Alive\r\nAccept: gr\u00fc\u00df\r\n\r\n")
                .orElseThrow();
        assertEquals("GET", head.method());
        assertEquals("/ingress/a_B-1/x%20y", head.path());
        assertEquals("q=/%2f&r=?", head.query());
        assertEquals(
                List.of(
                        new Field("Host", "home.example:8123"),
                        new Field("X-One", "1"),
                        new Field("X-One", ""),
                        new Field("Connection", "Keep-Alive"),
                        new Field("Accept", "gr\u00fc\u00df")),
                head.fields());
    }

    @ParameterizedTest
    @CsvSource({"GET,/", "HEAD,/a", "GET,/?", "GET,/a?b"})
    void bothMethodsAndAnyPlainTargetAre(String method, String target) {
        RequestHead head =
                read(method + " " + target + " HTTP/1.1\r\nHost: x\r\n\r\n").orElseThrow();
        assertEquals(method, head.method());
        assertEquals(target.replaceFirst("\\?.*", ""), head.path());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "GET",
                "GET / HTTP/1.1\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.0\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1 \r\nHost: x\r\n\r\n",
                "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /\r\nHost: x\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
                "get / HTTP/1.1\r\nHost: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET / HTTP/1.1\nHost: x\n\n",
                "GET / HTTP/1.1\r\nHost: x\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\rX: y\r\n\r\n",
                "GET / HTTP/1.1\r\n Host: x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX Y: z\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nX: a\u007fb\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: u@x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\ntransfer-encoding: chunked\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nTE: trailers\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nTrailer: X\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, X\r\n\r\n",
                "GET /a/../b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /./b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET //b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a;b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /a\\b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%2 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /?a=<b HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /?a=%g0 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /gr\u00fcn HTTP/1.1\r\nHost: x\r\n\r\n",
            })
    void anythingElseIsLeftToTheServer(String text) {
        assertEquals(Optional.empty(), read(text));
    }

    @Test
    void soIsWhatIsLargeOrHasManyHeaders() {
        String begin = "GET / HTTP/1.1\r\nHost: x\r\n";
        assertTrue(read(begin + "X: y\r\n".repeat(99) + "\r\n").isPresent());
        assertEquals(Optional.empty(), read(begin + "X: y\r\n".repeat(100) + "\r\n"));
        String large = begin + "X: " + "y".repeat(RequestHead.LARGEST - begin.length() - 7) + "\r\n\r\n";
        assertEquals(RequestHead.LARGEST, large.length());
        assertTrue(read(large).isPresent());
        assertEquals(Optional.empty(), read(large.replace("X: ", "X: y")));
    }

    /** Only so many octets of the buffer are the request; behind them is what an earlier one has left. */
    @Test
    void whatLiesBehindIsNotRead() {
        byte[] bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(RequestHead.of(bytes, bytes.length - 2).isPresent());
        assertEquals(Optional.empty(), RequestHead.of(bytes, bytes.length - 4));
    }
}
