package hakube.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a request may be, whatever it says about itself, through the real server. */
@HelidonTest
@AddBean(VisitorsHouse.class)
@AddConfig(key = "management.port", value = "0")
class BodyLimitTest {

    private static final int MIB = 1024 * 1024;
    private static final String PATH = "/core/options";
    private static final String[] CORE = Visitor.CORE.headers();

    private final RawHttp server;
    private final State state;

    @Inject
    BodyLimitTest(WebTarget target, State state) {
        this.server = new RawHttp(target.getUri());
        this.state = state;
    }

    @BeforeEach
    void open() {
        state.enter(SupervisorState.RUNNING);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Test
    void aBodyOfTheLimitIsRead() throws IOException {
        byte[] body = blanks(BodyLimit.LIMIT);
        body[0] = '[';
        body[body.length - 1] = ']';

        assertEquals("expected a dictionary. Got []", message(server.send("POST", PATH, body, CORE)));
    }

    @Test
    void aLargerOneIsRefusedWithItsSize() throws IOException {
        assertTooLarge(20 * MIB, server.send("POST", PATH, blanks(20 * MIB), CORE));
        assertStillServed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 64 * 1024, MIB, 20 * MIB})
    void soIsOneInChunksOfAnySize(int chunk) throws IOException {
        RawHttp.Answer answer = server.exchange("POST", out -> {
            write(out, RawHttp.head("POST", PATH, CORE) + "Transfer-Encoding: chunked\r\n\r\n");
            for (int sent = 0; sent < 20 * MIB; sent += chunk) {
                write(out, Integer.toHexString(chunk) + "\r\n");
                out.write(blanks(chunk));
                write(out, "\r\n");
            }
            write(out, "0\r\n\r\n");
        });

        assertTooLarge(BodyLimit.LIMIT + 1, answer);
        assertStillServed();
    }

    @Test
    void chunksAreReadAsOneBody() throws IOException {
        RawHttp.Answer answer = server.send(RawHttp.head("POST", PATH, CORE)
                + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"foo\r\n2\r\n\":\r\n1\r\n1\r\n1\r\n}\r\n0\r\n\r\n");

        assertEquals("extra keys not allowed @ data['foo']. Got 1", message(answer));
        assertStillServed();
    }

    @Test
    void aLargeChunkIsReadWhole() throws IOException {
        String body = "{\"foo\":" + " ".repeat(200_000) + "7}";
        RawHttp.Answer answer = server.send(RawHttp.head("POST", PATH, CORE) + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");

        assertEquals("extra keys not allowed @ data['foo']. Got 7", message(answer));
        assertStillServed();
    }

    /** Whatever follows the announced length is the next request. */
    @Test
    void moreThanWasAnnouncedIsNoPartOfIt() throws IOException {
        RawHttp.Answer first = server.send(
                RawHttp.head("POST", PATH, CORE) + "Content-Length: 2\r\n\r\n[]" + "trailing rubbish\r\n\r\n");
        assertEquals("expected a dictionary. Got []", message(first));

        RawHttp.Answer second = server.send("\r\n");
        assertEquals("400: Bad Request", second.body());
    }

    @Test
    void aHugeAnnouncementIsRefusedBeforeTheBodyComes() throws IOException {
        RawHttp.Answer answer = server.send(RawHttp.head("POST", PATH, CORE) + "Content-Length: 99999999999\r\n\r\n");

        assertTooLarge(99999999999L, answer);
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                        "Content-Length: -5",
                        "Content-Length: +5",
                        "Content-Length: 0x5",
                        "Content-Length: 5, 5",
                        "Content-Length: five",
                        "Content-Length:",
                        "Content-Length: 9999999999999999999999",
                        "Content-Length: 5\r\nContent-Length: 6",
                        "Content-Length: 5\r\nTransfer-Encoding: chunked",
                        "Transfer-Encoding: chunked\r\nContent-Length: 5",
                        "Transfer-Encoding: Chunked",
                        "Transfer-Encoding: gzip, chunked",
                        "Transfer-Encoding: chunked, chunked",
                        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
                        "Transfer-Encoding: xchunked",
                        "Transfer-Encoding:\tchunked\u000b")
                .map(Arguments::of);
    }

    /** Two readers might see the end of such a request at two places. */
    @ParameterizedTest
    @MethodSource("unsound")
    void aLengthThatCanBeReadInTwoWaysEndsTheConnection(String header) throws IOException {
        RawHttp.Answer answer = server.send(RawHttp.head("POST", PATH, CORE) + header + "\r\n\r\n0\r\n\r\n");

        assertEquals("400: Bad Request", answer.body());
        assertEquals("text/plain", answer.type());
        assertEquals("close", answer.headers().get("connection"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "zz\r\n{}\r\n0\r\n\r\n",
                "-2\r\n{}\r\n0\r\n\r\n",
                "2\n{}\r\n0\r\n\r\n",
                "\r\n\r\n",
                "2;x=y\r\n{}\r\n0\r\n\r\n"
            })
    void aChunkWithoutLengthIsABadRequest(String chunks) throws IOException {
        RawHttp.Answer answer =
                server.send(RawHttp.head("POST", PATH, CORE) + "Transfer-Encoding: chunked\r\n\r\n" + chunks);

        assertEquals("400: Bad Request", answer.body());
        assertEquals("text/plain", answer.type());
    }

    /** Without a token nothing of it is kept. */
    @Test
    void anEndlessLengthOfAChunkEndsTheConnection() throws IOException {
        RawHttp.Answer answer = server.exchange("POST", out -> {
            write(out, RawHttp.head("POST", PATH) + "Transfer-Encoding: chunked\r\n\r\n");
            write(out, "1".repeat(MIB));
        });

        assertEquals("401: Unauthorized", answer.body());
        assertTrue(server.isEnded());
    }

    @Test
    void aRefusedBodyIsThrownAwayAndTheConnectionStays() throws IOException {
        assertEquals(
                "401: Unauthorized", server.send("POST", PATH, blanks(5 * MIB)).body());
        assertStillServed();
    }

    @Test
    void whoWaitsToBeAskedForTheBodyIsNotAsked() throws IOException {
        RawHttp.Answer answer =
                server.send(RawHttp.head("POST", PATH, "Expect: 100-continue") + "Content-Length: 1000\r\n\r\n");

        assertEquals("401: Unauthorized", answer.body());
    }

    @Test
    void severalHeadersAreFineAndThousandsAreNot() throws IOException {
        assertEquals(
                200, server.send("GET", "/supervisor/ping", headers(200, "v")).status());
        for (String[] tooMany : new String[][] {
            headers(300, "v"), headers(10_000, "v"), headers(3, "v".repeat(24_569)), headers(10, "v".repeat(20_000))
        }) {
            assertEquals(
                    "400: Bad Request",
                    server.send("GET", "/supervisor/ping", tooMany).body());
        }
        assertEquals(
                200,
                server.send("GET", "/supervisor/ping", "X-Long: " + "v".repeat(24_500))
                        .status());
    }

    @Test
    void aRequestLineHasALimitToo() throws IOException {
        String query = "/supervisor/ping?q=";
        assertEquals(200, server.send("GET", query + "v".repeat(24_500)).status());

        RawHttp.Answer answer = server.send("GET", query + "v".repeat(24_600));
        assertEquals("414: Request-URI Too Long", answer.body());
        assertEquals("text/plain", answer.type());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "GET /supervisor/ping\r\n\r\n",
                "GET  /supervisor/ping HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /supervisor/ping HTTP/1.1\r\n\r\n",
                "GET /supervisor/ping HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                "GET /supervisor/ping HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n",
                "GET /supervisor/ping HTTP/1.1\r\nHost: x\r\nX: a\nb\r\n\r\n",
                "GET /supervisor/ping HTTP/1.1\nHost: x\n\n",
                "GET /supervisor/ping HTTP/1.1\r\nHost: x\r\nX\u0000Y: a\r\n\r\n",
                "GET /supervisor/ping HTTP/1.1\r\nHost: x\r\nX: a\u0000b\r\n\r\n",
                "GET /supervisor/ping\u0000 HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /supervisor/%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /supervisor/ping?a=% HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET http://x/supervisor/ping HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET supervisor/ping HTTP/1.1\r\nHost: x\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                "\u0001\u0002\u0003\r\n\r\n"
            })
    void whatIsNoRequestIsABadOne(String request) throws IOException {
        RawHttp.Answer answer = server.send(request);

        assertEquals("400: Bad Request", answer.body());
        assertEquals("text/plain", answer.type());
    }

    private void assertStillServed() throws IOException {
        assertEquals(200, server.send("GET", "/supervisor/ping").status());
    }

    private static void assertTooLarge(long actual, RawHttp.Answer answer) {
        assertEquals(413, answer.status(), answer.toString());
        assertEquals("text/plain", answer.type());
        assertEquals("Maximum request body size 16777216 exceeded, actual body size " + actual, answer.body());
    }

    private static String message(RawHttp.Answer answer) {
        assertEquals(400, answer.status());
        assertTrue(answer.body().startsWith("{\"result\":\"error\",\"message\":\""), answer.body());
        return answer.body().replaceAll(".*\"message\":\"(.*)\"}", "$1");
    }

    private static byte[] blanks(int length) {
        byte[] body = new byte[length];
        Arrays.fill(body, (byte) ' ');
        return body;
    }

    private static String[] headers(int count, String value) {
        return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": " + value).toArray(String[]::new);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
