package hakube.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.TestSettings;
import hakube.testing.GitHttpServer;
import hakube.testing.GitRepositories.Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.util.SystemReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched, over each protocol. */
class FetchTest extends GitCase {

    @ParameterizedTest
    @ValueSource(strings = {"file", "git", "http"})
    void theNewestTreeComesAsPlainFilesAndNothingElse(String scheme) throws Exception {
        repositories.commit("apps", Map.of("old", "1"));
        ObjectId newest = repositories.commit("apps", Map.of("a/config.yaml", "name: A", "README.md", "# read"));
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            Path work = work();
            GitAddress address = address(url(scheme, http));

            GitRemote.Fetched fetched = remote(MOST, TIME, false)
                    .fetch(address, Optional.empty(), work)
                    .orElseThrow();

            assertEquals(newest.name(), fetched.commit());
            assertEquals(Set.of("README.md", "a/config.yaml"), files(fetched.folder()));
            assertEquals("name: A", Files.readString(fetched.folder().resolve("a/config.yaml")));
            assertFalse(Files.isExecutable(fetched.folder().resolve("README.md")), "though it is in the repository");
            assertTrue(fetched.folder().startsWith(work));
            assertEquals(List.of(), fetched.notes());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "git", "http"})
    void whatWasThereEarlierDoesNotCome(String scheme) throws Exception {
        byte[] noise = new byte[2 << 20];
        new Random(6).nextBytes(noise);
        repositories.commit(
                "apps", "main", repositories.flat("apps", Map.of("noise", repositories.file("apps", noise))));
        repositories.commit("apps", Map.of("a", "1"));
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            long less = noise.length / 2;

            GitRemote.Fetched fetched = remote(less, TIME, false)
                    .fetch(address(url(scheme, http)), Optional.empty(), work())
                    .orElseThrow();

            assertEquals(Set.of("a"), files(fetched.folder()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "git", "http"})
    void whatIsKnownIsNotFetchedAgain(String scheme) throws Exception {
        ObjectId known = repositories.commit("apps", Map.of("a", "1"));
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            Path work = work();

            Optional<GitRemote.Fetched> fetched =
                    remote(MOST, TIME, false).fetch(address(url(scheme, http)), Optional.of(known.name()), work);

            assertEquals(Optional.empty(), fetched);
            assertEquals(Set.of(), files(work), "nothing is written for it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file", "git", "http"})
    void aBranchThatIsNotThereIsGoneAndOneThatIsIsTaken(String scheme) throws Exception {
        repositories.commit("apps", Map.of("a", "main"));
        ObjectId next = repositories.commit("apps", "next/one", Map.of("a", "next"));
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            String url = url(scheme, http);

            assertEquals(next.name(), fetch(address(url, "next/one")).commit());
            repositories.removeBranch("apps", "next/one");
            GitFailure failure = failure(address(url, "next/one"));

            assertEquals(GitFailure.Kind.GONE, failure.kind());
            assertEquals("it has no branch next/one", failure.getMessage());
        }
    }

    @Test
    void anEmptyRepositoryIsSaidToBeEmpty() throws Exception {
        repositories.repository("apps");

        assertEquals(
                "it is empty", failure(address(repositories.gitUrl("apps"))).getMessage());
    }

    @Test
    void anAddressOfAnotherKindIsRefused() {
        GitFailure failure = failure(address("ftp://example.com/apps"));

        assertEquals(GitFailure.Kind.REFUSED, failure.kind());
        assertEquals(
                "addresses that begin with ftp:// are not accepted, only file, git, http, https"
                        + " (SUPERVISOR_REPOSITORY_SCHEMES)",
                failure.getMessage());
    }

    /** Nobody is even dialled. */
    @ParameterizedTest
    @ValueSource(
            strings = {"git://127.0.0.1:%d/apps", "ssh://git@127.0.0.1:%d/apps", "file://%2$s", "127.0.0.1:%d/apps"})
    void whatIsNotWebIsRefusedUnlessAllowed(String template) throws Exception {
        repositories.commit("apps", Map.of("a", "1"));
        GitRemote remote = new JGitRemote(TestSettings.of(folder));
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
            server.configureBlocking(false);
            String url = template.formatted(
                    server.socket().getLocalPort(),
                    repositories.repository("apps").getDirectory());

            GitFailure failure =
                    assertThrows(GitFailure.class, () -> remote.fetch(address(url), Optional.empty(), work()));

            assertEquals(GitFailure.Kind.REFUSED, failure.kind());
            String scheme = url.contains("://") ? url.substring(0, url.indexOf("://")) : "";
            assertEquals(
                    "addresses that begin with " + scheme + ":// are not accepted, only http, https"
                            + " (SUPERVISOR_REPOSITORY_SCHEMES)",
                    failure.getMessage());
            assertNull(server.accept());
        }
    }

    /** Hooks on either side, and programs that the settings of the other side or files of the tree name. */
    @ParameterizedTest
    @ValueSource(strings = {"file", "git", "http"})
    void nothingOfTheRepositoryIsRun(String scheme) throws Exception {
        Path marker = folder.resolve("marker");
        String mark = "touch " + marker;
        String script = "#!/bin/sh\n" + mark + "\n";
        repositories.commit(
                "apps", Map.of(".githooks/post-checkout", script, ".gitattributes", "* filter=mark\n", "a", "1"));
        Path hooks = repositories.repository("apps").getDirectory().toPath().resolve("hooks");
        for (String hook :
                List.of("post-checkout", "post-merge", "reference-transaction", "pre-upload", "post-index-change")) {
            Path file = Files.writeString(hooks.resolve(hook), script);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        StoredConfig settings = repositories.repository("apps").getConfig();
        settings.setString("core", null, "hooksPath", ".githooks");
        settings.setString("core", null, "fsmonitor", mark);
        settings.setString("filter", "mark", "smudge", mark);
        settings.setString("uploadpack", null, "packObjectsHook", mark);
        settings.save();
        try (GitHttpServer http = new GitHttpServer(repositories)) {
            Path work = work();

            GitRemote.Fetched fetched = remote(MOST, TIME, false)
                    .fetch(address(url(scheme, http)), Optional.empty(), work)
                    .orElseThrow();

            assertEquals(Set.of(".gitattributes", ".githooks/post-checkout", "a"), files(fetched.folder()));
            assertFalse(Files.exists(marker));
            try (Stream<Path> all = Files.walk(work)) {
                assertEquals(List.of(), all.filter(FetchTest::couldBeRun).toList());
            }
        }
    }

    private static boolean couldBeRun(Path path) {
        return Files.isRegularFile(path)
                && (Files.isExecutable(path) || path.getParent().endsWith("hooks"));
    }

    @Test
    void submodulesAreLeftOutUnlessTheyAreWanted() throws Exception {
        ObjectId inner = repositories.commit("inner", Map.of("config.yaml", "name: Inner"));
        repositories.commit("inner", Map.of("config.yaml", "name: Newer"));
        Entry link = new Entry(FileMode.GITLINK, inner);
        repositories.commit(
                "outer",
                "main",
                repositories.tree(
                        "outer",
                        Map.of(
                                "sub/inner",
                                link,
                                ".gitmodules",
                                repositories.file(
                                        "outer", "[submodule \"x\"]\n path = sub/inner\n url = ../inner\n"))));
        repositories.repository("inner").getConfig().setBoolean("uploadpack", null, "allowReachableSHA1InWant", true);
        GitAddress outer = address(repositories.gitUrl("outer"));

        GitRemote.Fetched without = fetch(outer);
        assertEquals(Set.of(".gitmodules"), files(without.folder()));
        assertEquals(List.of("submodules are left out: sub/inner"), without.notes());

        GitRemote.Fetched with =
                remote(MOST, TIME, true).fetch(outer, Optional.empty(), work()).orElseThrow();
        assertEquals(Set.of(".gitmodules", "sub/inner/config.yaml"), files(with.folder()));
        assertEquals("name: Inner", Files.readString(with.folder().resolve("sub/inner/config.yaml")));
    }

    @Test
    void noSettingsOfAUserOrOfTheSystemAreRead() throws Exception {
        repositories.commit("apps", Map.of("a", "1"));
        fetch(address(repositories.fileUrl("apps")));

        SystemReader reader = SystemReader.getInstance();
        assertEquals(Set.of(), reader.getUserConfig().getSections());
        assertEquals(Set.of(), reader.getSystemConfig().getSections());
        assertEquals(null, reader.getenv("PATH"));
    }

    private String url(String scheme, GitHttpServer http) throws IOException {
        return switch (scheme) {
            case "file" -> repositories.fileUrl("apps");
            case "git" -> repositories.gitUrl("apps");
            default -> http.gitUrl("apps");
        };
    }
}
