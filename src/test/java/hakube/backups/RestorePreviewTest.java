package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import hakube.api.ContractShape;
import hakube.api.Endpoint;
import hakube.testing.Administrator;
import hakube.testing.ApiClient;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The look at what a restore would come to. */
class RestorePreviewTest extends RestoreCase {

    private final ApiClient api;

    @Inject
    RestorePreviewTest(RestoreHouse house, WebTarget target) {
        super(house);
        this.api = new ApiClient(target.getUri());
    }

    @Test
    void itTellsOfEachAppWhetherItWillRunAndWhyNot() throws IOException {
        house.run("delta", "");
        house.run("radio", "");
        house.backup(new MadeBackup()
                .core("2026.1.0", true, Map.of("configuration.yaml", "new:"))
                .app("local_fits", "1.0", "started", "", Map.of("state", "x"))
                .app("local_usb", "2.0", "started", "\"usb\": true, \"host_network\": true", Map.of("state", "x"))
                .app("local_radio", "9.0", "started", "\"host_network\": true", Map.of("state", "x"))
                .app("local_arm", "1.0", "stopped", "\"arch\": [\"armv7\"]", Map.of("state", "x"))
                .app("local_odd", "1.0", "stopped", "\"startup\": \"never\"", Map.of("state", "x")));
        JsonObject preview = preview("/backups/0badcafe/restore/preview");

        assertEquals("runs", app(preview, "local_fits").getString("outcome"));
        assertTrue(app(preview, "local_fits").getBoolean("started"));
        JsonObject usb = app(preview, "local_usb");
        assertEquals("data_only", usb.getString("outcome"));
        assertEquals(
                List.of("host_network", "usb"),
                usb.getJsonArray("reasons").stream()
                        .map(reason -> reason.asJsonObject().getString("key"))
                        .sorted()
                        .toList());
        assertEquals("stays", app(preview, "local_radio").getString("outcome"));
        assertEquals("1.0.0", app(preview, "local_radio").getString("version_now"));
        assertEquals("data_only", app(preview, "local_arm").getString("outcome"));
        assertTrue(app(preview, "local_arm").getString("message").contains("not supported on this platform"));
        assertEquals("left_out", app(preview, "local_odd").getString("outcome"));
        assertEquals("[\"local_delta\"]", preview.getJsonArray("uninstalled").toString());
        assertEquals("2026.1.0", preview.getJsonObject("homeassistant").getString("version"));
        assertEquals(
                RestoreHouse.CORE_VERSION,
                preview.getJsonObject("homeassistant").getString("version_now"));
        assertTrue(house.apps.isInstalled("local_delta"), "nothing is changed");
        assertNothingIsLeft();
    }

    @Test
    void aBackupOfHomeAssistantOsIsToldWithItsNetworkStorage() throws IOException {
        house.backup(Fixtures.FULL);
        JsonObject preview = preview("/v2/backups/e8c0675c/restore/preview");
        assertEquals("[\"nas_media\"]", preview.getJsonArray("mounts").toString());
        assertEquals(
                "[\"registry.example.org\"]", preview.getJsonArray("registries").toString());
        assertEquals("runs", app(preview, RestoreHouse.ECHO).getString("outcome"));
        assertFalse(app(preview, RestoreHouse.COUNTER).getBoolean("started"));
        assertTrue(preview.getInt("needed_bytes") > 1000);
    }

    @Test
    void theAnswerHasEveryKeyThatIsDocumented() throws IOException {
        house.backup(Fixtures.FULL);
        Endpoint row = Endpoint.all().stream()
                .filter(one -> one.paths().contains("/backups/{slug}/restore/preview"))
                .findFirst()
                .orElseThrow();
        String answer = api.post("/backups/e8c0675c/restore/preview", Administrator.TOKEN, "")
                .text();
        assertEquals(
                List.of(),
                ContractShape.faults(
                        row.response(),
                        JsonParser.parseString(answer).getAsJsonObject().get("data"),
                        ContractShape.Version.V1),
                answer);
    }

    @Test
    void aWrongPasswordIsToldAsTheRestoreTellsIt() throws IOException {
        house.backup("partial-v3-gz.tar");
        assertEquals(
                "400 -: Invalid password for backup 88e49936",
                api.post("/backups/88e49936/restore/preview", Administrator.TOKEN, "{\"password\": \"wrong\"}")
                        .failure());
        JsonObject preview = api.post(
                        "/backups/88e49936/restore/preview",
                        Administrator.TOKEN,
                        "{\"password\": \"correct horse battery staple\"}")
                .data();
        assertEquals("runs", app(preview, RestoreHouse.ECHO).getString("outcome"));
        assertNothingIsLeft();
    }

    private JsonObject preview(String path) {
        return api.post(path, Administrator.TOKEN, "").data();
    }

    private static JsonObject app(JsonObject preview, String slug) {
        return preview.getJsonArray("apps").stream()
                .map(JsonValue::asJsonObject)
                .filter(app -> app.getString("slug").equals(slug))
                .findFirst()
                .orElseThrow();
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(house.folders.root())) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith(".scratch") || name.startsWith(".restore"))
                            .toList());
        }
    }
}
