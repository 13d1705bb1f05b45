package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.api.ApiFailure;
import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.events.Events;
import hakube.git.JGitRemote;
import hakube.jobs.Jobs;
import hakube.resolution.Issues;
import hakube.state.State;
import hakube.storage.Folders;
import hakube.testing.EndlessPack;
import hakube.testing.GitHttpServer;
import hakube.testing.GitRepositories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository that sends without end, with the settings that everybody has. */
class EndlessRepositoryTest {

    private static final long MEBIBYTE = 1L << 20;
    /** Buffers of both sides, and what a process holds anyway. */
    private static final long ROOM = 32 * MEBIBYTE;

    private static final RepositoryUsers NOBODY = new RepositoryUsers() {
        @Override
        public boolean isUsed(String slug) {
            return false;
        }

        @Override
        public boolean isInstalled(String slug) {
            return false;
        }
    };

    @TempDir
    private Path folder;

    @Test
    void whatSendsTooMuchIsRefusedAtTheLimitAndLeavesNothingAndTakesNoMemory() throws IOException {
        Settings settings = TestSettings.of(folder.resolve("claim"));
        Folders folders = new Folders(folder.resolve("claim"));
        Events events = new Events();
        Store store = new Store(folders);
        Upkeep upkeep = new Upkeep(
                settings,
                folders,
                new JGitRemote(settings),
                store,
                new State(settings, folders, events),
                NOBODY,
                events,
                new Issues(events));
        Repositories repositories = new Repositories(upkeep, NOBODY, new Jobs(folders, events));
        repositories.load();
        long limit = settings.store().mostBytes();
        AtomicLong live = new AtomicLong();
        AtomicLong kept = new AtomicLong();
        EndlessPack pack = new EndlessPack(sent -> {
            // Once, when most of it has come.
            if (sent > limit - ROOM && live.get() == 0) {
                live.set(liveBytes());
                kept.set(bytesOf(folders.of(Folders.GIT_APPS)));
            }
        });
        long before = liveBytes();
        try (GitRepositories none = new GitRepositories(folder.resolve("served"));
                GitHttpServer server = new GitHttpServer(none).at("/endless", pack)) {
            String url = server.url("/endless");

            ApiFailure refused = assertThrows(ApiFailure.BadRequest.class, () -> repositories.add(url));

            assertEquals(
                    "Can't add repository " + url + ": it sends more than " + limit
                            + " bytes (SUPERVISOR_REPOSITORY_SIZE)",
                    refused.getMessage());
            assertTrue(pack.sent() < limit + ROOM, () -> pack.sent() + " bytes were sent");
            assertTrue(live.get() - before < ROOM, () -> live.get() - before + " bytes more were in memory");
            assertTrue(kept.get() > limit / 2, () -> "only " + kept.get() + " bytes were on the disk meanwhile");
            assertEquals(0, bytesOf(folders.of(Folders.GIT_APPS)));
            assertEquals(
                    List.of("local"),
                    store.repositories().stream().map(Repository::slug).toList());
        } finally {
            upkeep.end();
        }
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long bytesOf(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            long bytes = 0;
            for (Path path : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                bytes += Files.size(path);
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
