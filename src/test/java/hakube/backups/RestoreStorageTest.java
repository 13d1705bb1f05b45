package hakube.backups;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.Cluster;
import hakube.testing.FailingDisk;
import hakube.testing.SmallDisk;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores onto a disk that is full or takes no writes: a small one, mounted for the test. */
@HelidonTest
@AddBean(RestoreStorageTest.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoreStorageTest {

    private static final int SIZE = 48;
    private static final int ZEROS = 40 << 20;
    private static final byte[] LARGE = new byte[12 << 20];

    private final RestoreHouse house;
    private final Disk disk;

    @Inject
    RestoreStorageTest(RestoreHouse house, Disk disk) {
        this.house = house;
        this.disk = disk;
    }

    @BeforeEach
    void aFreshHouse() throws IOException {
        assumeTrue(disk.mounted.isPresent(), "needs a process that may mount");
        house.fresh();
        house.allow("free_space");
        house.run("kept", "");
        house.write("addons/data/local_kept/state", "old");
        house.write("share/state", "old");
        new Random(1).nextBytes(LARGE);
    }

    @AfterEach
    void aLargeDisk() throws IOException {
        if (disk.mounted.isPresent()) {
            disk.mounted.get().writable();
            disk.mounted.get().resize(SIZE);
            Files.deleteIfExists(house.folders.of("filler"));
        }
    }

    @Test
    void aDiskThatIsTooSmallIsToldAndNothingIsLost() throws IOException {
        Backup backup = house.backup(made());
        Files.write(house.folders.of("filler"), new byte[22 << 20]);

        String refusal = assertThrows(
                        ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()))
                .getMessage();

        assertTrue(refusal.contains("ree space"), refusal);
        assertEverythingIsOld();
        Files.delete(house.folders.of("filler"));
        house.restorer.restore(backup, RestoreHouse.full());
        assertEverythingIsNew();
    }

    @Test
    void anArchiveThatCannotBeReadIsToldAndNothingIsLost(@TempDir Path folder) throws IOException {
        assumeTrue(FailingDisk.isAllowed(), "needs a process that may mount");
        try (FailingDisk broken = FailingDisk.mount(folder.resolve("image"), house.folders.of("backup"))) {
            Backup backup = house.backup(made());
            broken.breakDownWith(backup.file().path());

            String refusal = assertThrows(
                            ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()))
                    .getMessage();

            assertEquals("Backup 0badcafe cannot be read: Input/output error", refusal);
            assertEverythingIsOld();
            broken.heal();
            house.restorer.restore(house.backup(made()), RestoreHouse.full());
            assertEverythingIsNew();
        }
    }

    @Test
    void aDiskThatRunsFullWhileUnpackingIsToldAndNothingIsLost() throws IOException {
        // Zeros: much more comes out than the archive takes, which nobody can know before.
        byte[] zeros = new byte[ZEROS];
        Backup backup = house.backup(made().part("media", part -> {
            part.directory(".");
            part.file("zeros", zeros, 0644);
        }));

        RestoreRequest request = RestoreHouse.partial(false, List.of(), Set.of("share", "media"), "");
        String refusal = assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, request))
                .getMessage();

        assertTrue(refusal.startsWith("Not enough free space to restore backup 0badcafe: part media"), refusal);
        assertTrue(refusal.endsWith("Nothing was changed"), refusal);
        assertEverythingIsOld();
        disk.mounted.orElseThrow().resize(3 * SIZE);
        house.restorer.restore(backup, request);
        assertEquals("new", house.tree("share").get("state"));
        assertEquals(ZEROS, Files.size(house.folders.of("media/zeros")));
        // The disk becomes small again, which takes that they fit on it.
        Files.delete(house.folders.of("media/zeros"));
    }

    @Test
    void aDiskThatTakesNoWritesIsToldAndNothingIsLost() throws IOException {
        Backup backup = house.backup(made());
        disk.mounted.orElseThrow().readOnly();

        String refusal = assertThrows(
                        ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()))
                .getMessage();

        assertTrue(refusal.startsWith("The restore of 0badcafe cannot begin: "), refusal);
        assertTrue(refusal.endsWith("Read-only file system"), refusal);
        disk.mounted.orElseThrow().writable();
        assertEverythingIsOld();
        house.restorer.restore(backup, RestoreHouse.full());
        assertEverythingIsNew();
    }

    @Test
    void aDiskThatTakesNoMoreWritesInTheMiddleIsPutInOrderByTheNextStart() throws IOException {
        Backup backup = house.backup(made());
        house.cluster.before("apply deployments/local-kept", () -> {
            try {
                disk.mounted.orElseThrow().readOnly();
            } catch (IOException refused) {
                throw new AssertionError(refused);
            }
        });

        assertThrows(ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()));

        disk.mounted.orElseThrow().writable();
        house.recovery.load();
        house.recovery.resume();
        assertEquals("old", house.tree("addons/data/local_kept").get("state"));
        assertEquals("new", house.tree("share").get("state"), "that folder was through");
        assertTrue(house.isRunning("local_kept"));
        assertTrue(house.core.isRunning());
        assertFalse(Files.exists(house.folders.of(".restore")));
        house.restorer.restore(backup, RestoreHouse.full());
        assertEverythingIsNew();
    }

    private static MadeBackup made() {
        return new MadeBackup()
                .folder("share", Map.of("state", "new"))
                .part("share", part -> {
                    part.directory(".");
                    part.file("state", "new".getBytes(StandardCharsets.UTF_8), 0644);
                    part.file("large", LARGE, 0644);
                })
                .core(RestoreHouse.CORE_VERSION, false, Map.of("configuration.yaml", "new:"))
                .app("local_kept", "9.9", "started", "", Map.of("state", "new"));
    }

    private void assertEverythingIsOld() throws IOException {
        assertEquals(Map.of("state", "old"), house.tree("share"));
        assertEquals("old", house.tree("addons/data/local_kept").get("state"));
        assertTrue(house.isRunning("local_kept"));
        assertTrue(house.core.isRunning());
        assertFalse(Files.exists(house.folders.of(".restore")));
    }

    private void assertEverythingIsNew() throws IOException {
        assertEquals("new", house.tree("share").get("state"));
        assertEquals("new", house.tree("addons/data/local_kept").get("state"));
        assertTrue(house.isRunning("local_kept"));
        assertTrue(house.core.isRunning());
    }

    /** The disk under the house, where this process may mount one. */
    @Singleton
    static class Disk {

        final Path path;
        final Optional<SmallDisk> mounted;

        Disk() throws IOException {
            path = Files.createTempDirectory("share");
            mounted = SmallDisk.isAllowed() ? Optional.of(SmallDisk.mount(path, SIZE)) : Optional.empty();
        }

        void unmount() throws IOException {
            if (mounted.isPresent()) {
                mounted.get().close();
            }
        }
    }

    @Singleton
    @Alternative
    @Priority(1)
    static class Parts {

        @Produces
        @Singleton
        Disk disk() throws IOException {
            return new Disk();
        }

        void unmount(@Disposes Disk disk) throws IOException {
            disk.unmount();
        }

        @Produces
        @Singleton
        Settings settings(Disk disk) {
            return TestSettings.withCore(
                    TestSettings.of(disk.path),
                    Optional.of("localhost/core"),
                    Optional.of(RestoreHouse.CORE_VERSION),
                    "http://localhost:9/");
        }

        @Produces
        @Singleton
        Cluster cluster() {
            return RestoreHouse.cluster();
        }
    }
}
