package hakube.backups;

import static hakube.backups.ServedBackups.SLUG;
import static hakube.backups.ServedBackups.hidden;
import static hakube.backups.ServedBackups.names;
import static hakube.backups.UploadClient.BOUNDARY;
import static hakube.backups.UploadClient.MULTIPART;
import static hakube.backups.UploadClient.UPLOAD;
import static hakube.backups.UploadClient.body;
import static hakube.backups.UploadClient.message;
import static hakube.backups.UploadClient.token;
import static hakube.backups.UploadClient.type;
import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.archive.TarBytes;
import hakube.testing.Eventually;
import hakube.testing.RawHttp;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are no backup, lead elsewhere or stand against what is there: nothing is left of them. */
class RefusedUploadTest extends UploadCase {

    @Inject
    RefusedUploadTest(ServedBackups house) {
        super(house);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%2Fb.tar", "%2Fescaped.tar", "a%5Cb.tar", "escaped", ".tar", "", "a%07.tar", "a.tar%0A"})
    void aNameThatLeadsElsewhereIsRefused(String name) throws IOException {
        RawHttp.Answer answer = client.upload(UPLOAD + "?filename=" + name, ADMINISTRATOR, TarBytes.backup("0123abcd"));

        assertEquals(400, answer.status());
        assertTrue(
                message(answer).startsWith("does not match regular expression ^[^\\\\\\/]+\\.tar$. Got '"),
                answer.body());
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
    }

    /** Without a word, by the filter that no such thing passes. */
    @ParameterizedTest
    @ValueSource(strings = {"..%2Fescaped.tar", "..%5Cescaped.tar", "a%00.tar"})
    void aNameThatLooksLikeAnAttackIsRefusedAtTheDoor(String name) throws IOException {
        assertEquals(
                "400: Bad Request",
                client.upload(UPLOAD + "?filename=" + name, ADMINISTRATOR, TarBytes.backup("0123abcd"))
                        .body());
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "a/b", "/etc/x", "..\\\\escaped"})
    void aSlugThatLeadsElsewhereIsNoName(String slug) throws IOException {
        RawHttp.Answer answer = client.upload(UPLOAD, ADMINISTRATOR, TarBytes.backup(slug));

        assertEquals(400, answer.status());
        assertTrue(message(answer).startsWith("does not match regular expression"), answer.body());
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
        assertFalse(Files.exists(house.folders.of("escaped.tar")));
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
                client.send(UPLOAD, body(TarBytes.backup("0123abcd")), token(ADMINISTRATOR), type(type));

        assertEquals(400, answer.status());
        assertTrue(message(answer).startsWith("Improperly formatted upload"), answer.body());
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
    }

    @Test
    void whatHasNoTypeIsRefused() throws IOException {
        assertEquals(
                "Improperly formatted upload, could not read backup",
                message(client.send(UPLOAD, body(TarBytes.backup("0123abcd")), token(ADMINISTRATOR))));
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
            RawHttp.Answer answer = client.upload(UPLOAD + "?filename=given.tar", ADMINISTRATOR, Fixtures.bytes(name));

            assertEquals(400, answer.status(), name + ": " + answer.body());
            assertTrue(message(answer).startsWith("What was uploaded is no backup: "), name + ": " + answer.body());
            assertEquals(List.of(SLUG + ".tar"), names(house.local), name);
        }
    }

    @Test
    void anUploadThatIsCutLeavesNothing() throws IOException {
        byte[] whole = body(TarBytes.backup("0123abcd"));
        byte[] cut = Arrays.copyOf(whole, whole.length - BOUNDARY.length() - 6);

        assertEquals(
                "Improperly formatted upload, it ended in the middle of the backup",
                message(client.chunked(UPLOAD, ADMINISTRATOR, cut, 500)));
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
    }

    @Test
    void aClientThatGoesInTheMiddleLeavesNothing() throws IOException {
        byte[] whole = body(TarBytes.backup("0123abcd"));
        try (Socket socket = new Socket(house.server.getHost(), house.server.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write((RawHttp.head("POST", UPLOAD, token(ADMINISTRATOR), type(MULTIPART))
                            + "Content-Length: 1000000\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(whole, 0, whole.length / 2);
            out.flush();
            Eventually.holds("the upload has begun", () -> hidden(house.local).size() == 1);
        }
        house.awaitNothingUnderway();
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
    }

    @Test
    void aBackupThatContradictsTheOneOfItsSlugIsRefused() throws IOException {
        RawHttp.Answer answer = client.upload(UPLOAD + "?filename=other.tar", ADMINISTRATOR, TarBytes.backup(SLUG));

        assertEquals(400, answer.status());
        assertEquals(
                "Cannot import backup " + SLUG + " due to: it says other things of itself than " + house.file(),
                message(answer));
        assertEquals(List.of(SLUG + ".tar"), names(house.local));
        assertArrayEquals(Fixtures.bytes(Fixtures.FULL), Files.readAllBytes(house.file()));
    }

    @Test
    void noOtherBackupsFileIsOverwritten() throws IOException {
        String taken = "Cannot import backup 0123abcd due to: %s is the file of backup %s";
        byte[] archive = TarBytes.backup("0123abcd");

        assertEquals(
                taken.formatted(SLUG + ".tar", SLUG),
                message(client.upload(UPLOAD + "?filename=" + SLUG + ".tar", ADMINISTRATOR, archive)));

        // Put there by hand, and not listed yet.
        Files.write(house.local.resolve("new.tar"), TarBytes.backup("fedcba98"));
        assertEquals(
                taken.formatted("new.tar", "fedcba98"),
                message(client.upload(UPLOAD + "?filename=new.tar", ADMINISTRATOR, archive)));
        assertArrayEquals(TarBytes.backup("fedcba98"), Files.readAllBytes(house.local.resolve("new.tar")));
    }
}
