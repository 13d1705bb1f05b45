package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hakube.archive.PartBody;
import hakube.archive.TreeFilter;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is restored belongs to whom it belonged, where this process may give files away. */
@HelidonTest
@AddBean(RestoreHouse.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoreOwnersTest {

    private static final String APP = "local_owning";
    private static final int USER = 1234;
    private static final int GROUP = 2345;

    private final RestoreHouse house;

    @Inject
    RestoreOwnersTest(RestoreHouse house) {
        this.house = house;
    }

    private static void fill(Path tree) throws IOException {
        Path folder = Files.createDirectory(tree.resolve("folder"));
        give(Files.writeString(folder.resolve("file"), "content"));
        give(Files.createSymbolicLink(folder.resolve("link"), Path.of("file")));
        give(folder);
    }

    private static void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", USER, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", GROUP, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void foldersAppsAndCoreKeepTheirOwners(@TempDir Path tree) throws IOException {
        assumeTrue(Files.getAttribute(tree, "unix:uid").equals(0), "needs a process that may give files away");
        house.fresh();
        fill(tree);
        String note = MadeBackup.note(APP, "1.0", "started", "\"image\": \"localhost/sample\"");
        Backup backup = house.backup(new MadeBackup()
                .core(RestoreHouse.CORE_VERSION, false, Map.of())
                .part("homeassistant", all(tree, "data"))
                .folder("share", Map.of())
                .part("share", all(tree, "."))
                .app(APP, "1.0", note, all(tree, "data")));

        house.restorer.restore(backup, RestoreHouse.full());

        assertOwned("share");
        assertOwned("homeassistant");
        assertOwned("addons/data/" + APP);
    }

    private static PartBody all(Path tree, String prefix) {
        return part -> part.tree(tree, prefix, TreeFilter.ALL);
    }

    private void assertOwned(String place) throws IOException {
        for (String name : new String[] {"folder", "folder/file", "folder/link"}) {
            Path path = house.folders.of(place).resolve(name);
            assertEquals(USER, Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS), path.toString());
            assertEquals(GROUP, Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS), path.toString());
        }
    }
}
