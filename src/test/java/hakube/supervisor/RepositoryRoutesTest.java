package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.state.FeatureFlag;
import hakube.state.State;
import hakube.state.SupervisorState;
import hakube.store.Slugs;
import hakube.testing.Features;
import hakube.testing.GitHttpServer;
import hakube.testing.GitRepositories;
import io.helidon.microprofile.testing.AddBean;
import io.helidon.microprofile.testing.AddConfig;
import io.helidon.microprofile.testing.junit5.HelidonTest;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.WebTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Repositories through the API, from a git server on loopback to the icon of an app. */
@HelidonTest
@AddBean(SupervisorHouse.class)
@AddConfig(key = "management.port", value = "0")
class RepositoryRoutesTest {

    private static final String OK = "{\"result\":\"ok\",\"data\":{}}";
    private static final Map<String, String> FILES = Map.of(
            "repository.yaml", "name: Garden\nmaintainer: Gardener",
            "frost/config.yaml", """
                    name: Frost
                    version: "1.0"
                    slug: frost
                    description: d
                    arch: [amd64, aarch64]
                    image: localhost/frost
                    schema: {pin: str?}
                    """,
            "frost/icon.png", "an icon",
            "frost/logo.png", "a logo",
            "frost/CHANGELOG.md", "# changes",
            "frost/DOCS.md", "# how",
            "frost/README.md", "# long",
            "frost/translations/en.yaml", "configuration: {pin: {name: Pin}}");

    private final Asked asked;
    private final State state;

    private GitRepositories repositories;
    private GitHttpServer server;
    private String url;

    @Inject
    RepositoryRoutesTest(WebTarget target, State state) {
        this.asked = new Asked(target);
        this.state = state;
    }

    @BeforeEach
    void open() throws IOException {
        Features.startWith(state, FeatureFlag.SUPERVISOR_V2_API);
        state.enter(SupervisorState.RUNNING);
        repositories = new GitRepositories(Files.createTempDirectory("repositories"));
        server = new GitHttpServer(repositories);
        repositories.commit("garden", FILES);
        url = server.gitUrl("garden");
    }

    @AfterEach
    void close() {
        for (String slug : List.of(slug(url), slug(url + "#next"))) {
            asked.delete("/store/repositories/" + slug);
        }
        server.close();
        repositories.close();
    }

    @Test
    void fromItsAddressToTheIconOfItsApp() {
        assertEquals(OK, asked.post(200, "/store/repositories", body(url)));

        String app = "/store/addons/" + slug(url) + "_frost";
        assertEquals(
                "{\"result\":\"ok\",\"data\":{\"slug\":\"" + slug(url) + "\",\"name\":\"Garden\",\"source\":\"" + url
                        + "\",\"url\":\"" + url + "\",\"maintainer\":\"Gardener\"}}",
                asked.text("/store/repositories/" + slug(url)).replace("\\/", "/"));
        assertTrue(asked.text("/store").contains("\"" + slug(url) + "_frost\""));
        assertTrue(asked.text("/supervisor/info").contains("\"slug\":\"" + slug(url) + "\""));
        assertEquals("an icon", asked.text(app + "/icon"));
        assertEquals("a logo", asked.text(app + "/logo"));
        assertEquals("# changes", asked.text(app + "/changelog"));
        assertEquals("# how", asked.text(app + "/documentation"));
        assertTrue(asked.text(app).contains("\"long_description\":\"# long\""));
    }

    @Test
    void whatIsNewComesWithAReload() throws IOException {
        asked.post(200, "/store/repositories", body(url));
        repositories.commit("garden", Map.of("repository.yaml", "name: Garden", "README.md", "no apps any more"));

        assertEquals(OK, asked.post(200, "/store/reload", ""));

        assertEquals(404, asked.get("/store/addons/" + slug(url) + "_frost").status());
        repositories.commit("garden", FILES);
        assertEquals(OK, asked.post(200, "/addons/reload", ""));
        assertEquals(200, asked.get("/store/addons/" + slug(url) + "_frost").status());
    }

    @Test
    void aBranchThatVanishesLeavesTheLastGoodTreeAndAnIssue() throws IOException {
        repositories.commit("garden", "next", FILES);
        asked.post(200, "/store/repositories", body(url + "#next"));
        repositories.removeBranch("garden", "next");

        assertEquals(OK, asked.post(200, "/store/reload", ""));

        String slug = slug(url + "#next");
        assertEquals("an icon", asked.text("/store/addons/" + slug + "_frost/icon"));
        String resolution = asked.text("/resolution/info");
        assertTrue(resolution.contains("\"type\":\"fatal_error\""), resolution);
        assertTrue(resolution.contains("\"context\":\"store\""), resolution);
        assertTrue(resolution.contains("\"reference\":\"" + slug + "\""), resolution);
        assertTrue(resolution.contains("\"type\":\"execute_reload\""), resolution);
        asked.delete("/store/repositories/" + slug);
        assertFalse(asked.text("/resolution/info").contains(slug));
    }

    @Test
    void repairAndRemovalHaveTheirAnswers() {
        asked.post(200, "/store/repositories", body(url));
        String path = "/store/repositories/" + slug(url);

        assertEquals(OK, asked.post(200, path + "/repair", ""));
        assertTrue(asked.post(400, "/store/repositories/local/repair", "")
                .contains("\"error_key\":\"store_repository_local_cannot_reset\""));
        assertEquals(OK, asked.delete(path).body());
        assertEquals(404, asked.delete(path).status());
        asked.post(404, path + "/repair", "");
        assertEquals(
                "{\"result\":\"error\",\"message\":\"Can't remove built-in repositories!\"}",
                asked.delete("/store/repositories/local").body());
    }

    @Test
    void whatIsAskedForWronglyIsTold() {
        asked.post(200, "/store/repositories", body(url));

        assertTrue(asked.post(409, "/store/repositories", body(url))
                .contains("\"error_key\":\"store_repository_already_added_error\""));
        assertEquals(
                "required key not provided @ data['repository']. Got None",
                message(asked.post(400, "/store/repositories", "{}")));
        assertEquals(
                "expected a URL for dictionary value @ data['repository']. Got 'x'",
                message(asked.post(400, "/store/repositories", body("x"))));
        assertEquals(
                "No valid repository format! for dictionary value @ data['repository']. Got 'https://a/b#c d'",
                message(asked.post(400, "/store/repositories", body("https://a/b#c d"))));
        assertEquals(
                "expected a URL for dictionary value @ data['repository']. Got 'git@127.0.0.1:a/b'",
                message(asked.post(400, "/store/repositories", body("git@127.0.0.1:a/b"))));
        for (String scheme : List.of("ssh", "git")) {
            assertEquals(
                    "Can't add repository " + scheme + "://127.0.0.1/a/b: addresses that begin with " + scheme
                            + ":// are not accepted, only http, https (SUPERVISOR_REPOSITORY_SCHEMES)",
                    message(asked.post(400, "/store/repositories", body(scheme + "://git@127.0.0.1/a/b"))));
        }
        String refused = message(asked.post(400, "/store/repositories", body("http://169.254.169.254/latest")));
        assertTrue(refused.startsWith("Can't add repository http://169.254.169.254/latest: the address"), refused);
    }

    @Test
    void theSecondVersionHasThemToo() {
        assertEquals(OK, asked.post(200, "/v2/store/repositories", body(url)));

        assertTrue(asked.text("/v2/store/repositories").contains(slug(url)));
        assertEquals("an icon", asked.text("/v2/store/apps/" + slug(url) + "_frost/icon"));
        assertEquals(OK, asked.post(200, "/v2/store/repositories/" + slug(url) + "/repair", ""));
        assertEquals(OK, asked.post(200, "/v2/store/reload", ""));
        assertEquals(OK, asked.delete("/v2/store/repositories/" + slug(url)).body());
    }

    @Test
    void theOptionsTakeTheWholeList() {
        asked.post(200, "/supervisor/options", "{\"addons_repositories\": [\"local\", \"" + url + "\"]}");
        assertTrue(asked.text("/store/repositories").contains(slug(url)));

        asked.post(200, "/supervisor/options", "{\"addons_repositories\": []}");
        assertFalse(asked.text("/store/repositories").contains(slug(url)));
    }

    private static String body(String url) {
        return "{\"repository\": \"" + url + "\"}";
    }

    private static String message(String answer) {
        return answer.replace("\\/", "/").replaceAll(".*\"message\":\"(.*?)\".*", "$1");
    }

    private static String slug(String source) {
        return Slugs.ofRepository(source);
    }
}
