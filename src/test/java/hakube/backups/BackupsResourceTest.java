package hakube.backups;

import static hakube.backups.ServedBackups.SLUG;
import static hakube.testing.CallersHouse.ADMINISTRATOR;
import static hakube.testing.CallersHouse.CORE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.archive.TarBytes;
import hakube.testing.ApiClient;
import hakube.testing.CallersHouse;
import hakube.testing.Eventually;
import io.helidon.microprofile.testing.AddBean;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@CallersHouse.Served
@AddBean(ServedBackups.class)
class BackupsResourceTest {

    private final ServedBackups house;
    private final Path options;

    @Inject
    BackupsResourceTest(ServedBackups house) {
        this.house = house;
        this.options = house.folders.of("backups.json");
    }

    @BeforeEach
    void oneBackupIsThere() throws IOException {
        house.fresh();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/backups",
                "/backups/info",
                "/backups/{slug}/info",
                "/v2/backups",
                "/v2/backups/info",
                "/v2/backups/{slug}/info"
            })
    void answersHaveEveryKeyOfTheContract(String template) {
        Endpoint row = Endpoint.all().stream()
                .filter(one -> one.method().equals("GET") && one.paths().contains(template))
                .findFirst()
                .orElseThrow();
        String answer =
                house.api.get(template.replace("{slug}", SLUG), ADMINISTRATOR).text();

        assertEquals(
                List.of(),
                ContractShape.faults(
                        row.response(),
                        JsonParser.parseString(answer).getAsJsonObject().get("data"),
                        template.startsWith("/v2/") ? ContractShape.Version.V2 : ContractShape.Version.V1),
                answer);
    }

    @Test
    void theListTellsWhatTheArchiveSaysOfItself() {
        assertEquals(
                ApiClient.json("{'backups': [{'slug': 'e8c0675c', 'name': 'Nightly full',"
                        + " 'date': '2026-08-13T02:56:14.977979+00:00', 'type': 'full', 'size': 0.03, 'size_bytes': 30720,"
                        + " 'location': null, 'locations': [null], 'protected': false,"
                        + " 'location_attributes': {'.local': {'protected': false, 'size_bytes': 30720}}, 'compressed': true,"
                        + " 'content': {'homeassistant': true, 'addons': ['a0d7b954_echo', 'local_counter'],"
                        + " 'folders': ['share', 'addons/local', 'ssl', 'media']}}]}"),
                house.api.get("/backups", ADMINISTRATOR).data());
    }

    @Test
    void detailsSayAppsInTheSecondVersion() {
        assertEquals(
                "Counter",
                house.api
                        .get("/v2/backups/" + SLUG + "/info", ADMINISTRATOR)
                        .data()
                        .getJsonArray("apps")
                        .getJsonObject(1)
                        .getString("name"));
        assertFalse(house.api
                .get("/v2/backups/" + SLUG + "/info", ADMINISTRATOR)
                .data()
                .containsKey("addons"));
    }

    @Test
    void whatIsPutThereIsListedOnceTheFoldersAreReadAgain() throws IOException {
        Files.write(house.local.resolve("more.tar"), TarBytes.backup("0123abcd"));
        assertEquals(
                "404 -: Backup does not exist",
                house.api.get("/backups/0123abcd/info", ADMINISTRATOR).failure());

        house.api.post("/v2/backups/reload", ADMINISTRATOR, "").data();

        assertEquals(
                "n",
                house.api.get("/backups/0123abcd/info", ADMINISTRATOR).data().getString("name"));
    }

    @Test
    void daysUntilStaleAreKept() throws IOException {
        house.api
                .post("/backups/options", ADMINISTRATOR, "{\"days_until_stale\": 12}")
                .data();

        assertEquals(12, house.api.get("/v2/backups/info", ADMINISTRATOR).data().getInt("days_until_stale"));
        assertTrue(Files.readString(options).contains("\"days_until_stale\": 12"), Files.readString(options));
        Files.writeString(options, "{\"days_until_stale\": 99}");
        house.backups.load();
        assertEquals(99, house.api.get("/backups/info", ADMINISTRATOR).data().getInt("days_until_stale"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"days_until_stale\": 0};value must be at least 1 for dictionary value @ data['days_until_stale']. Got 0",
                "{\"days\": 1};extra keys not allowed @ data['days']. Got 1"
            })
    void optionsThatDoNotFitAreRefused(String body, String message) {
        assertEquals(
                "400 -: " + message,
                house.api.post("/backups/options", ADMINISTRATOR, body).failure());
    }

    @ParameterizedTest
    @CsvSource({"GET, /info", "GET, /download", "DELETE, ''"})
    void anUnknownBackupDoesNotExist(String method, String end) {
        for (String path : List.of("/backups/0123abcd", "/v2/backups/0123abcd")) {
            assertEquals(
                    "404 -: Backup does not exist",
                    house.api
                            .send(method, path + end, "", "X-Supervisor-Token", ADMINISTRATOR)
                            .failure());
        }
    }

    @Test
    void aBackupIsRemovedWithItsFile() {
        assertEquals(
                "{\"result\":\"ok\",\"data\":{}}",
                house.api.delete("/v2/backups/" + SLUG, ADMINISTRATOR).text());

        assertFalse(Files.exists(house.file()));
        assertEquals(
                "404 -: Backup does not exist",
                house.api.get("/backups/" + SLUG + "/info", ADMINISTRATOR).failure());
    }

    @Test
    void oneIsRemovedWhereItIsToBe() throws IOException {
        Fixtures.copy(Fixtures.FULL, house.cloud.resolve("copy.tar"));
        house.reload();

        remove(CORE, "{\"location\": [\".cloud_backup\"]}").data();

        assertFalse(Files.exists(house.cloud.resolve("copy.tar")));
        assertTrue(Files.exists(house.file()));
        assertEquals(
                List.of(SLUG), house.backups.all().stream().map(Backup::slug).toList());
    }

    @Test
    void whatCannotBeRemovedStays() throws IOException {
        assertEquals(
                "404 mount_not_found_error: No mount exists with name 'nas'",
                remove(CORE, "{\"location\": \"nas\"}").failure());
        assertEquals(
                "400 -: not a valid value @ data['location'][0]. Got None",
                remove(CORE, "{\"location\": 5}").failure());
        assertTrue(Files.exists(house.file()));
        Files.delete(house.file());
        String gone = remove(CORE, "").failure();
        assertTrue(gone.startsWith("404 -: Cannot delete backup at ") && gone.endsWith(", file does not exist!"), gone);
    }

    @Test
    void theTransitAreaIsForCoreAlone() throws IOException {
        Files.move(house.file(), house.cloud.resolve(SLUG + ".tar"));
        house.reload();
        String refused = "403 -: Location .cloud_backup is only available for Home Assistant";

        assertEquals(
                ApiClient.json("{'backups': []}"),
                house.api.get("/backups", CORE).data());
        assertEquals(
                ".cloud_backup",
                house.api
                        .get("/backups/" + SLUG + "/info", ADMINISTRATOR)
                        .data()
                        .getString("location"));
        assertEquals(
                refused,
                house.api.get("/backups/" + SLUG + "/download", ADMINISTRATOR).failure());
        assertEquals(refused, remove(ADMINISTRATOR, "").failure());
        assertEquals(
                "400 -: Backup " + SLUG + " is not in location None",
                house.api.get("/backups/" + SLUG + "/download?location=", CORE).failure());
        assertEquals(200, house.api.get("/backups/" + SLUG + "/download", CORE).status());
        assertEquals(200, remove(CORE, "").status());
    }

    @Test
    void whatIsAskedOfNewBackupsAndRestoresIsReadBeforeAnythingElse() {
        String unknownKey = "400 -: extra keys not allowed @ data['x']. Got 1";
        for (String path : List.of(
                "/backups/new/full",
                "/v2/backups/new/partial",
                "/backups/" + SLUG + "/restore/full",
                "/v2/backups/" + SLUG + "/restore/partial",
                "/v2/backups/freeze")) {
            assertEquals(
                    unknownKey,
                    house.api.post(path, ADMINISTRATOR, "{\"x\": 1}").failure(),
                    path);
        }
        assertEquals(
                "404 -: Backup does not exist",
                house.api
                        .post("/backups/0123abcd/restore/full", ADMINISTRATOR, "{\"x\": 1}")
                        .failure());
        assertEquals(
                "400 -: extra keys not allowed @ data['addons']. Got []",
                house.api
                        .post("/v2/backups/new/partial", ADMINISTRATOR, "{\"addons\": []}")
                        .failure());
        assertEquals(
                "403 -: Location .cloud_backup is only available for Home Assistant",
                house.api
                        .post("/backups/new/full", ADMINISTRATOR, "{\"location\": \".cloud_backup\"}")
                        .failure());
    }

    @Test
    void aFileThatIsGoneIsNotRestoredAndSoonNotListed() throws IOException {
        Files.delete(house.file());

        String answer = house.api
                .post("/backups/" + SLUG + "/restore/partial", ADMINISTRATOR, "{\"folders\": [\"ssl\"]}")
                .failure();

        assertEquals("404 -: Cannot validate backup at " + house.file() + ", file does not exist!", answer);
        Eventually.holds("it is listed no more", () -> house.backups.all().isEmpty());
    }

    private ApiClient.Answer remove(String token, String body) {
        return house.api.send("DELETE", "/backups/" + SLUG, body, "X-Supervisor-Token", token);
    }
}
