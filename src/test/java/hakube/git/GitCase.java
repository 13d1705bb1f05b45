package hakube.git;

import hakube.config.Settings;
import hakube.config.TestSettings;
import hakube.testing.GitRepositories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A place for repositories and one for what is fetched of them. */
abstract class GitCase {

    static final long MOST = 4L << 20;
    static final Duration TIME = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    GitRepositories repositories;

    @BeforeEach
    final void open() throws IOException {
        repositories = new GitRepositories(Files.createDirectories(folder.resolve("repositories")));
    }

    @AfterEach
    final void close() {
        repositories.close();
    }

    static GitAddress address(String url) {
        return new GitAddress(url, Optional.empty());
    }

    static GitAddress address(String url, String branch) {
        return new GitAddress(url, Optional.of(branch));
    }

    GitRemote.Fetched fetch(GitAddress address) throws GitFailure, IOException {
        return remote(MOST, TIME, false)
                .fetch(address, Optional.empty(), work())
                .orElseThrow();
    }

    GitFailure failure(GitAddress address) {
        return failure(address, TIME);
    }

    GitFailure failure(GitAddress address, Duration time) {
        return Assertions.assertThrows(
                GitFailure.class, () -> remote(MOST, time, false).fetch(address, Optional.empty(), work()));
    }

    Path work() throws IOException {
        return Files.createTempDirectory(folder, "work");
    }

    static GitRemote remote(long bytes, Duration time, boolean submodules) {
        return remote(
                new Settings.StoreSettings(submodules, Set.of("http", "https", "git", "file"), bytes, time, Set.of()));
    }

    static GitRemote remote(Settings.StoreSettings settings) {
        return new JGitRemote(TestSettings.with(TestSettings.of(Path.of("/nowhere")), settings));
    }

    /** All files below, by their paths. */
    static Set<String> files(Path tree) throws IOException {
        try (Stream<Path> all = Files.walk(tree)) {
            Set<String> files = new TreeSet<>();
            all.filter(path -> !Files.isDirectory(path))
                    .forEach(path -> files.add(tree.relativize(path).toString()));
            return files;
        }
    }
}
