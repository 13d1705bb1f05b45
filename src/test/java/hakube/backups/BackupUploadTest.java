package hakube.backups;

import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import hakube.archive.TarBytes;
import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.storage.Folders;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import hakube.testing.Features;
import hakube.testing.RawHttp;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@HelidonTest
@AddBean(CallersHouse.class)
@AddConfig(key = "management.port", value = "0")
class BackupUploadTest {

    private static final String SLUG = "e8c0675c";
    private static final String BOUNDARY = "5ad0c1f2b3";
    private static final String MULTIPART = "multipart/form-data; boundary=\"" + BOUNDARY + "\"";
    private static final String UPLOAD = "/backups/new/upload";

    private final URI server;
    private final ApiClient api;
    private final RawHttp raw;
    private final Folders folders;
    private final Path local;
    private final Path cloud;
    private final Backups backups;

    @Inject
    BackupUploadTest(WebTarget target, State state, Folders folders, Backups backups) {
        this.server = target.getUri();
        this.api = new ApiClient(server);
        this.raw = new RawHttp(server);
        this.folders = folders;
        this.local = folders.of("backup");
        this.cloud = folders.of("core/backup");
        this.backups = backups;
        state.enter(SupervisorState.RUNNING);
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
    }

    @BeforeEach
    void oneBackupIsThere() throws IOException {
        Fixtures.putAlone(Fixtures.FULL, folders, SLUG + ".tar");
        api.post("/backups/reload", ADMINISTRATOR, "").data();
    }

    @AfterEach
    void nothingIsLeftUnderway() throws IOException {
        raw.close();
        Eventually.holds("nothing is left in " + local, () -> hidden(local).isEmpty());
        Eventually.holds("nothing is left in " + cloud, () -> hidden(cloud).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({UPLOAD + ", 1", "/v2" + UPLOAD + ", 1000", UPLOAD + ", 1000000"})
    void aBackupIsTakenInChunksOfAnySize(String path, int chunk) throws IOException {
        byte[] archive = TarBytes.backup("0123abcd");

        RawHttp.Answer answer = chunked(path, ADMINISTRATOR, body(archive), chunk);

        assertEquals("{\"result\":\"ok\",\"data\":{\"slug\":\"0123abcd\"}}", answer.body());
        assertArrayEquals(archive, Files.readAllBytes(local.resolve("0123abcd.tar")));
        assertEquals(
                "n", api.get("/backups/0123abcd/info", ADMINISTRATOR).data().getString("name"));
    }

    @Test
    void aBrowsersFormIsTakenAsWell() throws IOException {
        byte[] archive = TarBytes.backup("0123abcd");
        byte[] form = joined(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.tar\"\r\n"
                                + "Content-Type: application/x-tar\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8),
                archive,
                ("\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1\r\n--" + BOUNDARY
                                + "--\r\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertEquals(
                200,
                raw.send("POST", UPLOAD, form, token(ADMINISTRATOR), type(MULTIPART))
                        .status());

        assertArrayEquals(archive, Files.readAllBytes(local.resolve("0123abcd.tar")));
        assertEquals(List.of("0123abcd.tar", SLUG + ".tar"), names(local));
    }

    @Test
    void theFileIsCalledAsTheClientWishes() throws IOException {
        assertEquals(
                200,
                upload(UPLOAD + "?filename=My%20home.tar", ADMINISTRATOR, TarBytes.backup("0123abcd"))
                        .status());

        assertEquals(List.of("My home.tar", SLUG + ".tar"), names(local));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb.tar", "%2Fescaped.tar", "a%5Cb.tar", "escaped", ".tar", "", "a%07.tar", "a.tar%0A"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        RawHttp.Answer answer = upload(UPLOAD + "?filename=" + name, ADMINISTRATOR, TarBytes.backup("0123abcd"));

        assertEquals(400, answer.status());
        assertTrue(
                message(answer).startsWith("does not match regular expression ^[^\\\\\\/]+\\.tar$. Got '"),
                answer.body());
        assertEquals(List.of(SLUG + ".tar"), names(local));
    }

    /** Without a word, by the filter that no such thing passes. */
    @ParameterizedTest
    @ValueSource(strings = {"..%2Fescaped.tar", "..%5Cescaped.tar", "a%00.tar"})
    void aNameThatLooksLikeAnAttackIsRefusedAtTheDoor(String name) throws IOException {
        assertEquals(
                "400: Bad Request",
                upload(UPLOAD + "?filename=" + name, ADMINISTRATOR, TarBytes.backup("0123abcd"))
                        .body());
        assertEquals(List.of(SLUG + ".tar"), names(local));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "a/b", "/etc/x", "..\\\\escaped"})
    void aSlugThatLeadsElsewhereIsNoName(String slug) throws IOException {
        RawHttp.Answer answer = upload(UPLOAD, ADMINISTRATOR, TarBytes.backup(slug));

        assertEquals(400, answer.status());
        assertTrue(message(answer).startsWith("does not match regular expression"), answer.body());
        assertEquals(List.of(SLUG + ".tar"), names(local));
        assertFalse(Files.exists(folders.of("escaped.tar")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-tar",
                "text/plain",
                "multipart/form-data",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=another"
            })
    void whatIsNoMultipartIsRefused(String type) throws IOException {
        RawHttp.Answer answer =
                raw.send("POST", UPLOAD, body(TarBytes.backup("0123abcd")), token(ADMINISTRATOR), type(type));

        assertEquals(400, answer.status());
        assertTrue(message(answer).startsWith("Improperly formatted upload"), answer.body());
        assertEquals(List.of(SLUG + ".tar"), names(local));
    }

    @Test
    void whatHasNoTypeIsRefused() throws IOException {
        assertEquals(
                "Improperly formatted upload, could not read backup",
                message(raw.send("POST", UPLOAD, body(TarBytes.backup("0123abcd")), token(ADMINISTRATOR))));
    }

    @Test
    void everyDamagedArchiveIsRefusedWithItsReason() throws IOException {
        List<String> damaged = Fixtures.all().stream()
                .filter(file ->
                        !file.getBoolean("valid") && file.getString("error").equals("not_loadable"))
                .map(file -> file.getString("file"))
                .toList();
        assertEquals(5, damaged.size());
        for (String name : damaged) {
            RawHttp.Answer answer = upload(UPLOAD + "?filename=given.tar", ADMINISTRATOR, Fixtures.bytes(name));

            assertEquals(400, answer.status(), name + ": " + answer.body());
            assertTrue(message(answer).startsWith("What was uploaded is no backup: "), name + ": " + answer.body());
            assertEquals(List.of(SLUG + ".tar"), names(local), name);
        }
    }

    @Test
    void anUploadThatIsCutLeavesNothing() throws IOException {
        byte[] whole = body(TarBytes.backup("0123abcd"));
        byte[] cut = Arrays.copyOf(whole, whole.length - BOUNDARY.length() - 6);

        assertEquals(
                "Improperly formatted upload, it ended in the middle of the backup",
                message(chunked(UPLOAD, ADMINISTRATOR, cut, 500)));
        assertEquals(List.of(SLUG + ".tar"), names(local));
    }

    @Test
    void aClientThatGoesInTheMiddleLeavesNothing() throws IOException {
        byte[] whole = body(TarBytes.backup("0123abcd"));
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((RawHttp.head("POST", UPLOAD, token(ADMINISTRATOR), type(MULTIPART))
                            + "Content-Length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(whole, 0, whole.length / 2);
            out.flush();
            Eventually.holds("the upload has begun", () -> hidden(local).size() == 1);
        }
        Eventually.holds("nothing is left in " + local, () -> hidden(local).isEmpty());
        assertEquals(List.of(SLUG + ".tar"), names(local));
    }

    @Test
    void theSameBackupAgainTakesThePlaceOfItsFile() throws IOException {
        byte[] archive = Fixtures.bytes(Fixtures.FULL);
        for (String name : List.of("", "?filename=again.tar")) {
            assertEquals(200, upload(UPLOAD + name, ADMINISTRATOR, archive).status());
            assertEquals(List.of(name.isEmpty() ? SLUG + ".tar" : "again.tar"), names(local));
            api.post("/backups/reload", ADMINISTRATOR, "").data();
            assertEquals(1, backups.all().size());
        }
    }

    @Test
    void aBackupThatContradictsTheOneOfItsSlugIsRefused() throws IOException {
        RawHttp.Answer answer = upload(UPLOAD + "?filename=other.tar", ADMINISTRATOR, TarBytes.backup(SLUG));

        assertEquals(400, answer.status());
        assertEquals(
                "Cannot import backup " + SLUG + " due to: it says other things of itself than "
                        + local.resolve(SLUG + ".tar"),
                message(answer));
        assertEquals(List.of(SLUG + ".tar"), names(local));
        assertArrayEquals(Fixtures.bytes(Fixtures.FULL), Files.readAllBytes(local.resolve(SLUG + ".tar")));
    }

    @Test
    void noOtherBackupsFileIsOverwritten() throws IOException {
        String taken = "Cannot import backup 0123abcd due to: %s is the file of backup %s";
        byte[] archive = TarBytes.backup("0123abcd");

        assertEquals(
                taken.formatted(SLUG + ".tar", SLUG),
                message(upload(UPLOAD + "?filename=" + SLUG + ".tar", ADMINISTRATOR, archive)));

        // Put there by hand, and not listed yet.
        Files.write(local.resolve("new.tar"), TarBytes.backup("fedcba98"));
        assertEquals(
                taken.formatted("new.tar", "fedcba98"),
                message(upload(UPLOAD + "?filename=new.tar", ADMINISTRATOR, archive)));
        assertArrayEquals(TarBytes.backup("fedcba98"), Files.readAllBytes(local.resolve("new.tar")));
    }

    @Test
    void theTransitAreaIsForCoreAloneAndCopiesGoWhereTheyAreWished() throws IOException {
        byte[] archive = TarBytes.backup("0123abcd");
        String both = UPLOAD + "?location=.cloud_backup&location=";

        assertEquals(
                "Location .cloud_backup is only available for Home Assistant",
                message(upload(both, ADMINISTRATOR, archive)));
        assertEquals(
                "No mount exists with name 'nas'", message(upload(UPLOAD + "?location=nas", ADMINISTRATOR, archive)));
        assertEquals(List.of(SLUG + ".tar"), names(local));

        assertEquals(200, upload(both, CORE, archive).status());

        assertEquals(List.of("0123abcd.tar"), names(cloud));
        assertArrayEquals(archive, Files.readAllBytes(local.resolve("0123abcd.tar")));
        assertEquals(
                List.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                List.copyOf(backups.find("0123abcd").files().keySet()));
    }

    @Test
    void anArchiveBeyondTheLimitOfOtherBodiesIsTaken() throws IOException {
        byte[] archive = new TarBytes()
                .member("share.tar.gz", '0', "x".repeat(40 << 20))
                .file("./backup.json", TarBytes.METADATA.formatted("0123abcd"))
                .end();

        assertEquals(200, chunked(UPLOAD, ADMINISTRATOR, body(archive), 1 << 16).status());
        assertEquals(archive.length, Files.size(local.resolve("0123abcd.tar")));
    }

    private RawHttp.Answer upload(String path, String token, byte[] archive) throws IOException {
        return raw.send("POST", path, body(archive), token(token), type(MULTIPART));
    }

    /** As the Python client does it. */
    private RawHttp.Answer chunked(String path, String token, byte[] body, int chunk) throws IOException {
        return raw.exchange("POST", out -> {
            out.write((RawHttp.head("POST", path, token(token), type(MULTIPART)) + "Transfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream chunks = new ByteArrayOutputStream();
            for (int at = 0; at < body.length; at += chunk) {
                int length = Math.min(chunk, body.length - at);
                chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
                chunks.write(body, at, length);
                chunks.writeBytes("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            }
            chunks.writeTo(out);
            out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        });
    }

    /** One part of the form that the Python client gives it. */
    private static byte[] body(byte[] archive) {
        return joined(
                ("--" + BOUNDARY + "\r\nContent-Type: application/octet-stream\r\n"
                                + "Content-Disposition: form-data; name=\"section-0\"\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8),
                archive,
                ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] joined(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static String token(String token) {
        return "X-Supervisor-Token: " + token;
    }

    private static String type(String type) {
        return "Content-Type: " + type;
    }

    private static String message(RawHttp.Answer answer) {
        return JsonParser.parseString(answer.body())
                .getAsJsonObject()
                .get("message")
                .getAsString();
    }

    private static List<String> hidden(Path folder) {
        return namesIn(folder).filter(name -> name.startsWith(".")).toList();
    }

    private static List<String> names(Path folder) {
        return namesIn(folder).filter(name -> !name.startsWith(".")).toList();
    }

    private static Stream<String> namesIn(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }
}
