package hakube.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.config.Settings;
import hakube.testing.GitHttpServer;
import hakube.testing.GitRepositories.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Submodules of a repository that means no good, where the settings allow submodules, and no other address than web ones. */
class SubmodulesTest extends GitCase {

    private static final String OUTER = "outer";
    private static final String INNER = "inner";
    private static final String TOO_MANY = "at most 32 submodules are taken, nested at most 3 times";

    private GitHttpServer http;

    @BeforeEach
    void serve() throws IOException {
        http = new GitHttpServer(repositories);
        for (String name : Set.of(OUTER, INNER)) {
            repositories.repository(name).getConfig().setBoolean("uploadpack", null, "allowReachableSHA1InWant", true);
        }
    }

    @AfterEach
    void serveNoMore() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc",
                "/etc",
                "git://127.0.0.1/inner",
                "ssh://git@127.0.0.1/inner",
                "git@127.0.0.1:inner",
                "ext::sh -c touch% marker",
                "--upload-pack=touch"
            })
    void oneThatIsNotWebIsRefused(String url) throws IOException {
        ObjectId inner = repositories.commit(INNER, Map.of("a", "1"));
        commit(Map.of("sub", inner), url);

        GitFailure failure = failure();

        assertEquals(GitFailure.Kind.REFUSED, failure.kind());
        assertTrue(
                failure.getMessage().endsWith("are not accepted, only http, https (SUPERVISOR_REPOSITORY_SCHEMES)"),
                failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest", "http://[fe80::1]/inner", "http://0.0.0.0/inner"})
    void oneAtALinkLocalAddressIsRefused(String url) throws IOException {
        commit(Map.of("sub", ObjectId.fromString("1".repeat(40))), url);

        GitFailure failure = failure();

        assertEquals(GitFailure.Kind.REFUSED, failure.kind());
        assertTrue(failure.getMessage().contains("link-local"), failure::getMessage);
    }

    /** Each commit has the one before it as its submodule, out of the same repository. */
    @Test
    void aRepositoryThatIsItsOwnSubmoduleIsTakenThreeTimes() throws Exception {
        ObjectId before = repositories.commit(OUTER, Map.of("a", "1"));
        for (int level = 0; level < 3; level++) {
            before = commit(Map.of("sub", before), "../" + OUTER);
        }
        assertTrue(files(fetch()).contains("sub/sub/sub/a"));
        commit(Map.of("sub", before), "../" + OUTER);

        GitFailure failure = failure();

        assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
        assertEquals(TOO_MANY, failure.getMessage());
    }

    @Test
    void ofManySubmodulesThirtyTwoAreTaken() throws Exception {
        ObjectId inner = repositories.commit(INNER, Map.of("a", "1"));
        Map<String, ObjectId> submodules = new HashMap<>();
        for (int number = 0; number < 32; number++) {
            submodules.put("s" + number, inner);
        }
        commit(submodules, "../" + INNER);
        assertEquals(32 + 1, files(fetch()).size());
        submodules.put("s32", inner);
        commit(submodules, "../" + INNER);

        GitFailure failure = failure();

        assertEquals(GitFailure.Kind.TOO_LARGE, failure.kind());
        assertEquals(TOO_MANY, failure.getMessage());
    }

    /** Nothing but these submodules, all of that address. */
    private ObjectId commit(Map<String, ObjectId> submodules, String url) throws IOException {
        Map<String, Entry> entries = new HashMap<>();
        StringBuilder addresses = new StringBuilder();
        submodules.forEach((path, commit) -> {
            entries.put(path, new Entry(FileMode.GITLINK, commit));
            addresses.append("[submodule \"%1$s\"]\n path = %1$s\n url = %2$s\n".formatted(path, url));
        });
        entries.put(".gitmodules", repositories.file(OUTER, addresses.toString()));
        return repositories.commit(OUTER, "main", repositories.tree(OUTER, entries));
    }

    private Path fetch() throws GitFailure, IOException {
        return allowing()
                .fetch(address(http.gitUrl(OUTER)), Optional.empty(), work())
                .orElseThrow()
                .folder();
    }

    private GitFailure failure() {
        return assertThrows(
                GitFailure.class, () -> allowing().fetch(address(http.gitUrl(OUTER)), Optional.empty(), work()));
    }

    private static GitRemote allowing() {
        return remote(new Settings.StoreSettings(true, Set.of("http", "https"), MOST, TIME, Set.of()));
    }
}
