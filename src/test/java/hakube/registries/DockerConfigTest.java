package hakube.registries;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerConfigTest {

    private static final Credentials ANNA = new Credentials("anna", "pass:wörd");

    @Test
    void anEntryIsWhatTheKubeletReads() {
        String auth = Base64.getEncoder().encodeToString("anna:pass:wörd".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "{\"auths\":{\"ghcr.io\":{\"username\":\"anna\",\"password\":\"pass:wörd\",\"auth\":\"" + auth
                        + "\"}}}",
                DockerConfig.EMPTY.with("ghcr.io", ANNA).text());
    }

    /** Upstream takes the first two for Docker Hub; all container tools look for its historic key alone. */
    @ParameterizedTest
    @ValueSource(strings = {"docker.io", "hub.docker.com", "index.docker.io"})
    void dockerHubHasOneKeyWhateverItIsCalled(String name) {
        DockerConfig config = DockerConfig.EMPTY.with(name, ANNA);

        assertTrue(config.text().contains("\"https://index.docker.io/v1/\""), config.text());
        assertEquals(Map.of("docker.io", "anna"), config.usernames());
        assertTrue(config.has("hub.docker.com"));
        assertTrue(config.without("docker.io").isEmpty());
    }

    @Test
    void whatAPersonHasPutThereStays() {
        DockerConfig theirs = DockerConfig.parse("{\"credHelpers\":{\"x.example\":\"helper\"},\"auths\":"
                        + "{\"b.example\":{\"auth\":\"Ym9iOnNlY3JldA==\",\"email\":\"b@b\"},\"c.example\":7}}")
                .orElseThrow();
        DockerConfig changed = theirs.with("a.example", ANNA).without("a.example");

        assertEquals(theirs, changed);
        assertEquals(Map.of("b.example", "bob", "c.example", ""), changed.usernames());
        assertEquals(
                List.of("b.example", "c.example", "a.example"),
                List.copyOf(theirs.with("a.example", ANNA).usernames().keySet()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{\"auths\":[]}", "{\"auths\":null}", "nonsense"})
    void whatIsNoSuchDocumentIsNotRead(String text) {
        assertEquals(Optional.empty(), DockerConfig.parse(text));
    }

    @Test
    void passwordsAreInNoText() {
        assertFalse(ANNA.toString().contains("pass"), ANNA::toString);
        String config = DockerConfig.EMPTY.with("ghcr.io", ANNA).toString();
        assertFalse(config.contains("pass"), config);
    }
}
