package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups on a claim with less than two gigabytes of room: a small disk, mounted for the test. */
@HelidonTest
@AddBean(RestoreStorageTest.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class BackupRoomTest {

    private final RestoreHouse house;
    private final RestoreStorageTest.Disk disk;
    private final ApiClient api;

    @Inject
    BackupRoomTest(RestoreHouse house, RestoreStorageTest.Disk disk, WebTarget target) {
        this.house = house;
        this.disk = disk;
        this.api = new ApiClient(target.getUri());
    }

    @BeforeEach
    void aFreshHouse() throws IOException {
        assumeTrue(disk.mounted.isPresent(), "needs a process that may mount");
        house.fresh();
        house.write("ssl/key.pem", "key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "full | {}",
                "full | {\"background\": true}",
                "partial | {\"folders\": [\"ssl\"]}",
                "partial | {\"folders\": [\"ssl\"], \"background\": true}"
            })
    void oneIsRefusedBeforeAnythingIsDone(String kind, String body) throws IOException {
        assertEquals(
                "400 -: 'BackupManager.do_backup_" + kind
                        + "' blocked from execution, not enough free space (0.0GB) left on the device",
                api.post("/backups/new/" + kind, Administrator.TOKEN, body).failure());

        List<JsonObject> issues =
                api.get("/resolution/info", Administrator.TOKEN).data().getJsonArray("issues").stream()
                        .map(JsonValue::asJsonObject)
                        .filter(issue -> issue.getString("type").equals("free_space"))
                        .toList();
        assertEquals(1, issues.size());
        assertEquals("system", issues.getFirst().getString("context"));
        assertFalse(
                api.get("/jobs/info", Administrator.TOKEN).text().contains("backup_manager"),
                "there is no job that could be asked");
        assertFalse(Files.exists(house.folders.of("backup")));
        assertEquals(List.of(), house.cluster.writes());
    }
}
