package hakube.backups;

import static hakube.backups.ServedBackups.SLUG;
import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.TarBytes;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import io.helidon.microprofile.testing.AddBean;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@CallersHouse.Served
@AddBean(ServedBackups.class)
class BackupDownloadTest {

    private final ServedBackups house;

    @Inject
    BackupDownloadTest(ServedBackups house) {
        this.house = house;
    }

    @BeforeEach
    void oneBackupIsThere() throws IOException {
        house.fresh();
    }

    @Test
    void theFileComesAsItIs() throws Exception {
        HttpResponse<byte[]> answer = download("GET", "");

        assertEquals(200, answer.statusCode());
        assertTrue(Arrays.equals(Fixtures.bytes(Fixtures.FULL), answer.body()));
        assertEquals("application/tar", header(answer, "Content-Type"));
        assertEquals("attachment; filename=Nightly_full.tar", header(answer, "Content-Disposition"));
        assertEquals("30720", header(answer, "Content-Length"));
        assertEquals("bytes", header(answer, "Accept-Ranges"));
    }

    @Test
    void itsHeadersCanBeAskedFor() throws Exception {
        HttpResponse<byte[]> answer = download("HEAD", "?location=.local");

        assertEquals(200, answer.statusCode());
        assertEquals("application/tar", header(answer, "Content-Type"));
        assertEquals("attachment; filename=Nightly_full.tar", header(answer, "Content-Disposition"));
        assertEquals(0, answer.body().length);
    }

    @Test
    void whatTheClientHasIsNotSentAgain() throws Exception {
        HttpResponse<byte[]> whole = download("GET", "");
        String tag = header(whole, "ETag");
        String date = header(whole, "Last-Modified");

        for (String[] known : new String[][] {
            {"If-None-Match", tag},
            {"If-None-Match", "\"a\", W/" + tag},
            {"If-None-Match", "*"},
            {"If-Modified-Since", date}
        }) {
            HttpResponse<byte[]> answer = download("GET", "", known);
            assertEquals(304, answer.statusCode(), known[0] + known[1]);
            assertEquals(0, answer.body().length);
            assertEquals(tag, header(answer, "ETag"));
        }
        for (String[] other : new String[][] {
            {"If-None-Match", "\"a\""},
            {"If-None-Match", "\"a\"", "If-Modified-Since", date},
            {"If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"},
            {"If-Modified-Since", "yesterday"},
            {"If-Match", tag},
            {"If-Unmodified-Since", date}
        }) {
            assertEquals(200, download("GET", "", other).statusCode(), other[0] + other[1]);
        }
        for (String[] failed : new String[][] {
            {"If-Match", "\"a\""}, {"If-Match", "W/" + tag}, {"If-Unmodified-Since", "Thu, 01 Jan 2015 00:00:00 GMT"}
        }) {
            assertEquals(412, download("GET", "", failed).statusCode(), failed[0] + failed[1]);
        }
    }

    @Test
    void aPipeInPlaceOfTheFileIsNotWaitedFor() throws Exception {
        Path file = house.file();
        Files.delete(file);
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());

        assertEquals(404, download("GET", "").statusCode());
    }

    /** Whoever reads it all is not done before the time is up. */
    @Test
    void anArchiveOfATebibyteIsListedAtOnceAndAnyPartOfItComes() throws Exception {
        long whole = 1L << 40;
        byte[] end = TarBytes.backup(SLUG);
        long inside = whole - end.length - 512;
        byte[] told = ByteBuffer.allocate(12).putInt(0x80000000).putLong(inside).array();
        try (FileChannel archive = FileChannel.open(house.file(), StandardOpenOption.WRITE)) {
            archive.write(ByteBuffer.wrap(
                    new TarBytes().header("media.tar.gz", '0', told).cut()));
            archive.write(ByteBuffer.wrap(end), whole - end.length);
        }

        house.reload();
        HttpResponse<byte[]> headers = download("HEAD", "");
        HttpResponse<byte[]> headersOfPart = download("HEAD", "", "Range", "bytes=1-");
        HttpResponse<byte[]> last = download("GET", "", "Range", "bytes=-" + end.length);
        HttpResponse<byte[]> tail = download("GET", "", "Range", "bytes=" + (whole - end.length) + "-");

        assertEquals(
                whole,
                house.api
                        .get("/backups/" + SLUG + "/info", ADMINISTRATOR)
                        .data()
                        .getJsonNumber("size_bytes")
                        .longValue());
        assertEquals(List.of(200, 206), List.of(headers.statusCode(), headersOfPart.statusCode()));
        assertEquals("bytes 1-" + (whole - 1) + "/" + whole, header(headersOfPart, "Content-Range"));
        for (HttpResponse<byte[]> part : List.of(last, tail)) {
            assertEquals(206, part.statusCode());
            assertEquals(
                    "bytes " + (whole - end.length) + "-" + (whole - 1) + "/" + whole, header(part, "Content-Range"));
            assertTrue(Arrays.equals(end, part.body()));
        }
        assertEquals(416, download("GET", "", "Range", "bytes=" + whole + "-").statusCode());
    }

    @Test
    void aPartOfTheFileIsThatPart() throws Exception {
        String tag = header(download("GET", ""), "ETag");
        for (String[] still : new String[][] {{}, {"If-Range", tag}}) {
            HttpResponse<byte[]> part = download("GET", "", with("bytes=1000-1999", still));
            assertEquals(206, part.statusCode());
            assertEquals("bytes 1000-1999/30720", header(part, "Content-Range"));
            assertTrue(Arrays.equals(Arrays.copyOfRange(Fixtures.bytes(Fixtures.FULL), 1000, 2000), part.body()));
        }
        assertEquals(
                200,
                download("GET", "", with("bytes=1000-1999", "If-Range", "\"another\""))
                        .statusCode());
        HttpResponse<byte[]> outside = download("GET", "", "Range", "bytes=30720-");
        assertEquals(416, outside.statusCode());
        assertEquals("bytes */30720", header(outside, "Content-Range"));
    }

    @Test
    void aFileThatIsGoneIsNotFoundAndSoonNotListed() throws Exception {
        Files.delete(house.file());

        HttpResponse<byte[]> answer = download("GET", "");

        assertEquals(404, answer.statusCode());
        assertEquals(0, answer.body().length);
        Eventually.holds("it is listed no more", Duration.ofSeconds(20), () -> house.backups
                .all()
                .isEmpty());
    }

    private static String[] with(String range, String... more) {
        String[] headers = Arrays.copyOf(new String[] {"Range", range}, 2 + more.length);
        System.arraycopy(more, 0, headers, 2, more.length);
        return headers;
    }

    private HttpResponse<byte[]> download(String method, String query, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(method, query);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest.Builder request(String method, String query) {
        return HttpRequest.newBuilder(house.server.resolve("/backups/" + SLUG + "/download" + query))
                .timeout(Duration.ofSeconds(20))
                .header("X-Supervisor-Token", ADMINISTRATOR)
                .method(method, HttpRequest.BodyPublishers.noBody());
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
