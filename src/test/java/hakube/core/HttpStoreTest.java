package hakube.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.TestSettings;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpStoreTest {

    @TempDir
    private Path share;

    @Test
    void onlyCoresOwnMarkCounts() throws IOException {
        Path home = Files.createDirectories(share.resolve("homeassistant"));
        assertFalse(HttpStore.isImported(home));
        Map<String, Boolean> cases = Map.of(
                "{\"version\":3,\"data\":{\"stable\":{},\"pending\":null,\"yaml_migration_done\":true}}", true,
                "{\"version\":3,\"data\":{\"stable\":{},\"pending\":null,\"yaml_migration_done\":false}}", false,
                "{\"version\":1,\"data\":{\"server_port\":8123}}", false,
                "{\"data\":null}", false,
                "[]", false,
                "", false);
        for (Map.Entry<String, Boolean> each : cases.entrySet()) {
            store(each.getKey());
            assertEquals(each.getValue(), HttpStore.isImported(home), each.getKey());
        }
    }

    @Test
    void theBlockGoesWithItsImportAndStaysAway() throws IOException {
        CoreHome home = new CoreHome(new Folders(share), TestSettings.of(share));
        home.prepare();
        String before = configuration();
        assertTrue(before.contains("10.42.0.0/16"), before);
        assertFalse(home.dropImported());
        assertEquals(before, configuration());

        store("{\"data\":{\"yaml_migration_done\":true}}");
        assertTrue(home.dropImported());
        assertFalse(configuration().contains("http"), configuration());
        assertFalse(home.dropImported());
        home.prepare();
        assertFalse(configuration().contains("10.42.0.0/16"), configuration());
        assertEquals(
                List.of("default_config:"),
                configuration()
                        .lines()
                        .filter(line -> line.startsWith("default"))
                        .toList());
    }

    private void store(String text) throws IOException {
        Path folder = Files.createDirectories(share.resolve("homeassistant/.storage"));
        Files.writeString(folder.resolve("http"), text);
    }

    private String configuration() throws IOException {
        return Files.readString(share.resolve("homeassistant/configuration.yaml"));
    }
}
