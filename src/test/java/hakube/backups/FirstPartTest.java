package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hakube.api.ApiFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstPartTest {

    private static final String BOUNDARY = "0a1b2c3d";
    private static final String MALFORMED = "Improperly formatted upload, could not read backup";
    private static final String CUT = "Improperly formatted upload, it ended in the middle of the backup";

    /** Gives so many octets at once as it is told to, whatever there is room for. */
    private static final class Slowly extends InputStream {

        private final byte[] all;
        private final int step;
        private int at;

        Slowly(byte[] all, int step) {
            this.all = all;
            this.step = step;
        }

        @Override
        public int read() {
            return at == all.length ? -1 : all[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            int count = Math.min(Math.min(step, length), all.length - at);
            System.arraycopy(all, at, into, offset, count);
            at += count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }

    private static byte[] read(String body, int step) throws IOException {
        return FirstPart.of(new Slowly(octets(body), step), BOUNDARY).readAllBytes();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void assertContent(String content, String body) throws IOException {
        for (int step : new int[] {1, 2, 3, 7, 11, 64, 100_000}) {
            assertEquals(content, new String(read(body, step), StandardCharsets.ISO_8859_1), "in steps of " + step);
        }
    }

    @Test
    void theFirstPartIsTakenAndNothingElse() throws IOException {
        assertContent(
                "one\r\ntwo",
                "--0a1b2c3d\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\none\r\ntwo\r\n--0a1b2c3d\r\n\r\nthree\r\n--0a1b2c3d--\r\n");
    }

    @Test
    void aPartNeedsNeitherNameNorHeaders() throws IOException {
        assertContent("x", "--0a1b2c3d\r\n\r\nx\r\n--0a1b2c3d--\r\n");
        assertContent(
                "x",
                "--0a1b2c3d\r\nContent-Type: application/octet-stream\r\nContent-Disposition: form-data; name=\"section-0\"\r\n\r\nx\r\n--0a1b2c3d--\r\n");
    }

    @Test
    void whatStandsBeforeTheFirstBoundaryIsLeftOut() throws IOException {
        assertContent("x", "This is a preamble.\r\nNot --0a1b2c3d\r\n--0a1b2c3d  \r\n\r\nx\r\n--0a1b2c3d--");
        assertContent("x", "\r\n--0a1b2c3d\r\n\r\nx\r\n--0a1b2c3d--");
    }

    @Test
    void whatLooksLikeABoundaryIsContent() throws IOException {
        for (String content :
                new String[] {"\r\n--0a1b2c3", "--0a1b2c3d", "\n--0a1b2c3d", "\r\r\n--0a1b2c", "\r\n", "", "\r\n\r\n--"
                }) {
            assertContent(content, "--0a1b2c3d\r\nA: b\r\n\r\n" + content + "\r\n--0a1b2c3d--\r\n");
        }
    }

    @Test
    void contentOfAnyLengthComesAsItIsWhereverTheBufferEnds() throws IOException {
        Random random = new Random(7);
        for (int length = 65_400; length < 65_700; length += 7) {
            byte[] content = new byte[length];
            random.nextBytes(content);
            String body =
                    "--0a1b2c3d\r\n\r\n" + new String(content, StandardCharsets.ISO_8859_1) + "\r\n--0a1b2c3d--\r\n";
            assertArrayEquals(content, read(body, 65_536), "of " + length);
            assertArrayEquals(content, read(body, 1 + random.nextInt(9_000)), "of " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--0a1b2c3d\r\n\r\nx",
                "--0a1b2c3d\r\n\r\nx\r\n--0a1b2c3",
                "--0a1b2c3d\r\n\r\nx\r\n--another--\r\n",
                "--0a1b2c3d\r\nA: b",
                "--another\r\n\r\nx\r\n--another--\r\n",
                ""
            })
    void aBodyWithoutItsBoundaryIsCut(String body) {
        assertEquals(
                CUT,
                assertThrows(ApiFailure.BadRequest.class, () -> read(body, 8)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--0a1b2c3d--\r\n",
                "--0a1b2c3dx\r\n\r\nx\r\n--0a1b2c3d--\r\n",
                "--0a1b2c3d\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\nx\r\n--0a1b2c3d--\r\n"
            })
    void aBodyWithoutAPartIsRefused(String body) {
        assertEquals(
                MALFORMED,
                assertThrows(ApiFailure.BadRequest.class, () -> read(body, 8)).getMessage());
    }

    @Test
    void whatNeverComesToTheContentIsGivenUp() {
        for (String body : new String[] {
            "x".repeat(200_000),
            "--0a1b2c3d\r\nA: " + "b".repeat(200_000) + "\r\n\r\nx\r\n--0a1b2c3d--\r\n",
            "--0a1b2c3d\r\n" + "A: b\r\n".repeat(50_000) + "\r\nx\r\n--0a1b2c3d--\r\n"
        }) {
            assertEquals(
                    MALFORMED,
                    assertThrows(ApiFailure.BadRequest.class, () -> read(body, 4096))
                            .getMessage());
        }
    }

    @Test
    void aBoundaryThatIsNoneIsRefused() {
        for (String boundary : new String[] {"", "b".repeat(71)}) {
            assertThrows(
                    ApiFailure.BadRequest.class, () -> FirstPart.of(new ByteArrayInputStream(new byte[0]), boundary));
        }
    }
}
