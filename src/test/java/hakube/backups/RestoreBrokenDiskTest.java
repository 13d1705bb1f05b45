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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restores onto a disk that breaks meanwhile, and again when it is mended. */
@HelidonTest
@AddBean(RestoreBrokenDiskTest.Parts.class)
@AddBean(RestoreHouse.class)
@AddConfig(key = "management.port", value = "0")
class RestoreBrokenDiskTest {

    private final RestoreHouse house;
    private final Disk disk;

    @Inject
    RestoreBrokenDiskTest(RestoreHouse house, Disk disk) {
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
    }

    @AfterEach
    void aWholeDisk() throws IOException {
        if (disk.mounted.isPresent()) {
            disk.mounted.get().heal();
        }
    }

    /** @param write to the cluster before which the disk breaks */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "scale deployments/local-kept 0",
                "scale statefulsets/homeassistant 0",
                "apply deployments/local-kept",
                "scale deployments/local-kept 1",
                "scale statefulsets/homeassistant 1"
            })
    void itIsToldAndNoPartIsHalfAndTheNextRestoreWorks(String write) throws IOException {
        Backup backup = house.backup(made());
        house.cluster.before(write, () -> {
            try {
                disk.mounted.orElseThrow().breakDown();
            } catch (IOException refused) {
                throw new AssertionError(refused);
            }
        });

        String told = assertThrows(
                        ApiFailure.BadRequest.class, () -> house.restorer.restore(backup, RestoreHouse.full()))
                .getMessage();

        assertTrue(told.endsWith("Input/output error"), told);
        disk.mounted.orElseThrow().heal();
        house.cluster.recover();
        house.cluster.autoRun();
        house.recovery.load();
        house.recovery.resume();
        assertTrue(List.of("old", "new").contains(house.tree("share").get("state")), "share");
        assertEquals(
                house.apps.version("local_kept").orElseThrow().equals("9.9") ? "new" : "old",
                house.tree("addons/data/local_kept").get("state"));
        assertTrue(house.isRunning("local_kept"));
        assertTrue(house.core.isRunning());
        house.restorer.restore(house.backup(made()), RestoreHouse.full());
        assertEquals(Map.of("state", "new"), house.tree("share"));
        assertEquals("new", house.tree("addons/data/local_kept").get("state"));
        assertEquals("9.9", house.apps.version("local_kept").orElseThrow());
        assertTrue(house.isRunning("local_kept"));
        assertTrue(house.core.isRunning());
        assertFalse(Files.exists(house.folders.of(".restore")));
    }

    private static MadeBackup made() {
        return new MadeBackup()
                .folder("share", Map.of("state", "new"))
                .core(RestoreHouse.CORE_VERSION, false, Map.of("configuration.yaml", "new:"))
                .app("local_kept", "9.9", "started", "", Map.of("state", "new"));
    }

    /** The disk under the house, where this process may mount one. */
    @Singleton
    static class Disk {

        final Path path;
        final Optional<FailingDisk> mounted;
        private final Path image;

        Disk() throws IOException {
            path = Files.createTempDirectory("share");
            image = Files.createTempFile("disk", ".img");
            mounted = FailingDisk.isAllowed() ? Optional.of(FailingDisk.mount(image, path)) : Optional.empty();
        }

        void unmount() throws IOException {
            if (mounted.isPresent()) {
                mounted.get().close();
            }
            Files.delete(image);
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
