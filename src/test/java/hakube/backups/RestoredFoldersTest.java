package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A pod that mounts a folder by subPath holds that very folder: with another one in its place it would never see what was restored. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoredFoldersTest {

    private static final List<String> MOUNTED = List.of(
            "share",
            "ssl",
            "media",
            "addons/local",
            "homeassistant",
            "addons/data/local_kept",
            "addon_configs/local_kept");

    private final RestoreHouse house;

    @Inject
    RestoredFoldersTest(RestoreHouse house) {
        this.house = house;
    }

    @BeforeEach
    void aHouseWithAnApp() throws IOException {
        house.fresh();
        house.run("kept", "map: [app_config:rw]\n");
        for (String folder : MOUNTED) {
            house.write(folder + "/state", "old");
        }
    }

    @Test
    void foldersThatPodsMountAreTheSameOnesAfterwards() throws IOException {
        Map<String, Object> before = inodes();
        Map<String, String> files = Map.of("state", "restored");
        Backup backup = house.backup(new MadeBackup()
                .folder("share", files)
                .folder("ssl", files)
                .folder("media", files)
                .folder("addons/local", files)
                .core(RestoreHouse.CORE_VERSION, false, files)
                .app("local_kept", "2.0", "started", "\"map\": [\"app_config:rw\"]", files)
                .config("local_kept", files));

        house.restorer.restore(backup, RestoreHouse.full());

        for (String folder : MOUNTED) {
            assertEquals("restored", house.tree(folder).get("state"), folder);
        }
        assertEquals(before, inodes());
    }

    private Map<String, Object> inodes() throws IOException {
        Map<String, Object> inodes = new TreeMap<>();
        for (String folder : MOUNTED) {
            inodes.put(folder, Files.getAttribute(house.folders.of(folder), "unix:ino"));
        }
        return inodes;
    }
}
