package hakube.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Json;
import hakube.storage.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiskUsageTest {

    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path share;

    private Folders folders;

    @BeforeEach
    void fill() throws IOException {
        folders = new Folders(share);
        file("addons/data/local_a/db/data.bin", 700);
        file("addons/data/local_a/options.json", 50);
        file("addons/data/local_b/x", 30);
        file("media/film", 5000);
        file("homeassistant/configuration.yaml", 11);
        Files.createDirectories(share.resolve("ssl/empty"));
        Files.createSymbolicLink(share.resolve("ssl/link"), share.resolve("media"));
        Files.createSymbolicLink(share.resolve("addons/data/local_b/file"), share.resolve("media/film"));
        file("elsewhere", 100);
    }

    @Test
    void theKnownFoldersAreToldAndAllElseIsTheSystem() {
        UsageNode root = usage(new Space(100_000, 20_000, 60_000)).of("default", null);

        assertEquals("root", root.id());
        assertEquals(100_000, root.total().orElseThrow());
        // What is kept for the administrator counts as used, as upstream has it.
        assertEquals(40_000, root.used());
        assertEquals(
                List.of(
                        "system 34209",
                        "apps_data 780",
                        "apps_config 0",
                        "media 5000",
                        "share 0",
                        "backup 0",
                        "ssl 0",
                        "homeassistant 11"),
                root.children().stream()
                        .map(node -> node.id() + " " + node.used())
                        .toList());
        root.children().forEach(node -> assertEquals(List.of(), node.children()));
    }

    @Test
    void aDeeperQuestionTellsTheFoldersThatHoldAnything() {
        UsageNode data = usage(new Space(100_000, 20_000, 60_000))
                .of("default", "3")
                .children()
                .get(1);

        assertEquals(
                "{\"id\":\"apps_data\",\"label\":\"apps_data\",\"used_bytes\":780,\"children\":["
                        + "{\"id\":\"local_a\",\"label\":\"local_a\",\"used_bytes\":750,\"children\":["
                        + "{\"id\":\"db\",\"label\":\"db\",\"used_bytes\":700}]},"
                        + "{\"id\":\"local_b\",\"label\":\"local_b\",\"used_bytes\":30}]}",
                Json.wire().toJson(data.wire()));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "much", "0", "-5", "1", "1e3"})
    void whatIsNoGreaterNumberIsOneLevel(String depth) {
        usage(new Space(1, 1, 0))
                .of("default", depth)
                .children()
                .forEach(node -> assertEquals(List.of(), node.children()));
    }

    @Test
    void howeverDeepTheQuestionTheAnswerEnds() throws IOException {
        file("share/" + "d/".repeat(40) + "deep", 9);
        UsageNode at = usage(new Space(100_000, 20_000, 60_000))
                .of("default", "999999999")
                .children()
                .get(4);
        int levels = 0;
        while (!at.children().isEmpty()) {
            at = at.children().getFirst();
            levels++;
            assertEquals(9, at.used());
        }
        assertEquals(9, levels);
    }

    @Test
    void ofManyFoldersOnlySomeAreToldAndAllAreCounted() throws IOException {
        for (int i = 0; i < 20; i++) {
            file("share/" + i + "/f", 1);
        }
        UsageNode node = FolderSize.of("share", share.resolve("share"), 2, 7);

        assertEquals(20, node.used());
        assertEquals(7, node.children().size());
    }

    @Test
    void versionOneSaysAddon() {
        UsageNode root =
                usage(new Space(100_000, 20_000, 60_000)).of("default", "1").withIdsOf(ApiVersion.V1);

        assertEquals("addons_data", root.children().get(1).id());
        assertEquals("apps_data", root.children().get(1).label());
        assertEquals("addons_config", root.children().get(2).id());
    }

    @Test
    void filesThatAddUpToMoreThanIsUsedLeaveNothingForTheSystem() {
        UsageNode root = usage(new Space(10_000, 100, 9_900)).of("default", null);

        assertEquals(0, root.children().getFirst().used());
    }

    @Test
    void everyOtherDiskIsUnknown() {
        ApiFailure failure = assertThrows(
                ApiFailure.NotFound.class, () -> usage(new Space(1, 1, 0)).of("nas", null));

        assertEquals("No mount exists with name nas", failure.getMessage());
        assertEquals(Optional.of("mount_not_found_error"), failure.errorKey());
        assertEquals(Map.of("name", "nas"), failure.extraFields());
    }

    @Test
    void whoWaitsInVainIsToldAndTheLookingGoesOn() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        JointQuestion<Integer> question = new JointQuestion<>("slow", () -> {
            end.await();
            return asked.incrementAndGet();
        });

        assertEquals(Optional.empty(), question.answer(SHORT));
        assertEquals(Optional.empty(), question.answer(SHORT));
        end.countDown();
        // The third one still waits for the first asking, or begins the second.
        assertTrue(question.answer(LONG).orElseThrow() <= 2);
        assertTrue(asked.get() <= 2);
    }

    @Test
    void theLastFiguresServeWhileTheShareHangs() {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        ShareSpace space = new ShareSpace(
                share,
                () -> {
                    if (reads.incrementAndGet() > 1) {
                        awaitEnd(end);
                        return new Space(0, 0, 0);
                    }
                    return new Space(7, 5, 1);
                },
                Duration.ofSeconds(1));

        assertEquals(new Space(7, 5, 1), space.now());
        assertEquals(new Space(7, 5, 1), space.now());
        assertEquals(2, reads.get());
        end.countDown();
    }

    @Test
    void aShareThatHangsFromTheStartIsSaid() {
        CountDownLatch end = new CountDownLatch(1);
        ShareSpace space = new ShareSpace(
                share,
                () -> {
                    awaitEnd(end);
                    return new Space(1, 1, 1);
                },
                SHORT);

        ApiFailure failure = assertThrows(ApiFailure.Unavailable.class, space::now);
        assertTrue(failure.getMessage().contains(share.toString()), failure.getMessage());
        end.countDown();
    }

    @Test
    void aShareThatCannotBeReadStillHasItsLastFigures() {
        AtomicInteger reads = new AtomicInteger();
        ShareSpace space = new ShareSpace(
                share,
                () -> {
                    if (reads.incrementAndGet() > 1) {
                        throw new IOException("Stale file handle");
                    }
                    return new Space(7, 5, 1);
                },
                LONG);
        space.now();

        assertEquals(new Space(7, 5, 1), space.now());
        assertEquals(2, reads.get());
    }

    @Test
    void figuresAreInGigabytesWithOneDecimal() {
        HostInfo info = HostInfo.of(new Space(53_687_091_200L, 1_663_000_000L, 52_000_000_000L), "Kubernetes v1.34.4");

        assertEquals(50.0, info.diskTotal());
        assertEquals(1.5, info.diskUsed());
        assertEquals(48.4, info.diskFree());
    }

    private DiskUsage usage(Space space) {
        return new DiskUsage(folders, new ShareSpace(share, () -> space, LONG), LONG);
    }

    private void file(String path, int size) throws IOException {
        Path file = share.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[size]);
    }

    private static void awaitEnd(CountDownLatch end) throws IOException {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
