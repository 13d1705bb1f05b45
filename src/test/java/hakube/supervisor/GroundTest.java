package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.kubernetes.FakeCluster;
import hakube.storage.Folders;
import hakube.storage.ShareFolder;
import hakube.storage.SharedClaim;
import hakube.testing.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class GroundTest {

    @TempDir
    private Path share;

    private final FakeCluster cluster = new FakeCluster();
    private Ground ground;

    @BeforeEach
    void build() {
        Settings settings = TestSettings.of(share);
        ground = new Ground(cluster, new SharedClaim(cluster, settings), new ShareFolder(new Folders(share)));
    }

    @ParameterizedTest
    @CsvSource({"1, 29, v1.29.0", "1, 34, v1.34.4", "2, 0, v2.0.0"})
    void clusterThatIsNewEnoughIsGreeted(int major, int minor, String text) throws InterruptedException {
        cluster.upgrade(major, minor, text);

        ground.awaitCluster();

        assertEquals(text, ground.clusterVersion());
    }

    @Test
    void olderClusterIsWaitedForUntilItIsUpgraded() throws Exception {
        cluster.upgrade(1, 28, "v1.28.9");
        CompletableFuture<String> greeted = new CompletableFuture<>();
        Thread waiting = Thread.startVirtualThread(() -> {
            try {
                ground.awaitCluster();
                greeted.complete(ground.clusterVersion());
            } catch (InterruptedException ended) {
                greeted.completeExceptionally(ended);
            }
        });
        Eventually.holds("the version of the cluster is known", Duration.ofSeconds(10), () -> ground.clusterVersion()
                .equals("v1.28.9"));
        assertTrue(!waiting.join(Duration.ofMillis(300)), "did not wait");

        cluster.upgrade(1, 29, "v1.29.0");

        assertEquals("v1.29.0", greeted.get(10, TimeUnit.SECONDS));
    }

    @Test
    void theShareGetsItsFoldersAndLosesWhatACrashLeft() throws Exception {
        Files.createDirectories(share.resolve("addons/data/local_a"));
        Path state = Files.writeString(share.resolve(".apps.json.123.part"), "half");
        Path options = Files.writeString(share.resolve("addons/data/local_a/.options.json.4.part"), "half");
        Path foreign = Files.writeString(share.resolve("addons/data/local_a/.rsync.5.part"), "the app's own");

        new ShareFolder(new Folders(share)).require();

        assertTrue(Files.notExists(state) && Files.notExists(options));
        assertTrue(Files.exists(foreign));
        for (String folder : new String[] {"homeassistant", "ssl", "share", "media", "backup", "addons/local"}) {
            assertTrue(Files.isDirectory(share.resolve(folder)), folder);
        }
    }

    @Test
    void aShareThatCannotBeWrittenIsNamedWithItsCause() {
        ApiFailure failure = assertThrows(
                ApiFailure.BadRequest.class, () -> new ShareFolder(new Folders(share.resolve("absent"))).require());

        assertTrue(failure.getMessage().startsWith("The share " + share.resolve("absent")), failure.getMessage());
        assertTrue(failure.getMessage().contains("NoSuchFileException"), failure.getMessage());
    }
}
