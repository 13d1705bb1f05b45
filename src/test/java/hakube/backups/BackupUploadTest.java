package hakube.backups;

import static hakube.backups.ServedBackups.SLUG;
import static hakube.backups.ServedBackups.names;
import static hakube.backups.UploadClient.BOUNDARY;
import static hakube.backups.UploadClient.MULTIPART;
import static hakube.backups.UploadClient.UPLOAD;
import static hakube.backups.UploadClient.body;
import static hakube.backups.UploadClient.form;
import static hakube.backups.UploadClient.message;
import static hakube.backups.UploadClient.token;
import static hakube.backups.UploadClient.type;
import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.archive.TarBytes;
import hakube.testing.RawHttp;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that are taken, and where they go. */
class BackupUploadTest extends UploadCase {

    @Inject
    BackupUploadTest(ServedBackups house) {
        super(house);
    }

    @ParameterizedTest
    @CsvSource({UPLOAD + ", 1", "/v2" + UPLOAD + ", 1000", UPLOAD + ", 1000000"})
    void aBackupIsTakenInChunksOfAnySize(String path, int chunk) throws IOException {
        byte[] archive = TarBytes.backup("0123abcd");

        RawHttp.Answer answer = client.chunked(path, ADMINISTRATOR, body(archive), chunk);

        assertEquals("{\"result\":\"ok\",\"data\":{\"slug\":\"0123abcd\"}}", answer.body());
        assertArrayEquals(archive, Files.readAllBytes(house.local.resolve("0123abcd.tar")));
        assertEquals(
                "n",
                house.api.get("/backups/0123abcd/info", ADMINISTRATOR).data().getString("name"));
    }

    @Test
    void aBrowsersFormIsTakenAsWell() throws IOException {
        byte[] archive = TarBytes.backup("0123abcd");
        byte[] form = form(
                "Content-Disposition: form-data; name=\"file\"; filename=\"../../x.tar\"\r\n"
                        + "Content-Type: application/x-tar",
                archive,
                "\r\n--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\n1");

        assertEquals(
                200,
                client.send(UPLOAD, form, token(ADMINISTRATOR), type(MULTIPART)).status());

        assertArrayEquals(archive, Files.readAllBytes(house.local.resolve("0123abcd.tar")));
        assertEquals(List.of("0123abcd.tar", SLUG + ".tar"), names(house.local));
    }

    @Test
    void theFileIsCalledAsTheClientWishes() throws IOException {
        assertEquals(
                200,
                client.upload(UPLOAD + "?filename=My%20home.tar", ADMINISTRATOR, TarBytes.backup("0123abcd"))
                        .status());

        assertEquals(List.of("My home.tar", SLUG + ".tar"), names(house.local));
    }

    @Test
    void theSameBackupAgainTakesThePlaceOfItsFile() throws IOException {
        byte[] archive = Fixtures.bytes(Fixtures.FULL);
        for (String name : List.of("", "?filename=again.tar")) {
            assertEquals(
                    200, client.upload(UPLOAD + name, ADMINISTRATOR, archive).status());
            assertEquals(List.of(name.isEmpty() ? SLUG + ".tar" : "again.tar"), names(house.local));
            house.reload();
            assertEquals(1, house.backups.all().size());
        }
    }

    @Test
    void theTransitAreaIsForCoreAloneAndCopiesGoWhereTheyAreWished() throws IOException {
        byte[] archive = TarBytes.backup("0123abcd");
        String both = UPLOAD + "?location=.cloud_backup&location=";

        assertEquals(
                "Location .cloud_backup is only available for Home Assistant",
                message(client.upload(both, ADMINISTRATOR, archive)));
        assertEquals(
                "No mount exists with name 'nas'",
                message(client.upload(UPLOAD + "?location=nas", ADMINISTRATOR, archive)));
        assertEquals(List.of(SLUG + ".tar"), names(house.local));

        assertEquals(200, client.upload(both, CORE, archive).status());

        assertEquals(List.of("0123abcd.tar"), names(house.cloud));
        assertArrayEquals(archive, Files.readAllBytes(house.local.resolve("0123abcd.tar")));
        assertEquals(
                List.of(BackupLocation.LOCAL, BackupLocation.CLOUD),
                List.copyOf(house.backups.find("0123abcd").files().keySet()));
    }

    @Test
    void anArchiveBeyondTheLimitOfOtherBodiesIsTaken() throws IOException {
        byte[] archive = new TarBytes()
                .member("share.tar.gz", '0', "x".repeat(40 << 20))
                .file("./backup.json", TarBytes.METADATA.formatted("0123abcd"))
                .end();

        assertEquals(
                200,
                client.chunked(UPLOAD, ADMINISTRATOR, body(archive), 1 << 16).status());
        assertEquals(archive.length, Files.size(house.local.resolve("0123abcd.tar")));
    }
}
