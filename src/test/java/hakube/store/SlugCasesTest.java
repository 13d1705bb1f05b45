package hakube.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.kubernetes.ObjectNames;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The executable examples of names, which upstream's hash made. */
class SlugCasesTest {

    private static final String EXAMPLES = "/hakube/apps/options-cases.json";

    @ParameterizedTest
    @MethodSource("hashes")
    void theHashOfARepositoryIsUpstreams(Map<?, ?> example) {
        assertEquals(example.get("hash"), Slugs.ofRepository((String) example.get("source")));
    }

    @ParameterizedTest
    @MethodSource("slugs")
    void theFullSlugAndTheHostNameAreUpstreams(Map<?, ?> example) {
        String repository = Slugs.ofRepository((String) example.get("repository"));
        String full = Slugs.full(repository, (String) example.get("addon"));
        assertEquals(example.get("full_slug"), full);
        assertEquals(example.get("hostname"), ObjectNames.hostname(full));
    }

    static Stream<?> hashes() throws IOException, Unreadable {
        return named("slug_hash_vectors", 9);
    }

    static Stream<?> slugs() throws IOException, Unreadable {
        return named("full_slug_vectors", 5);
    }

    private static Stream<?> named(String list, int count) throws IOException, Unreadable {
        try (InputStream stream = SlugCasesTest.class.getResourceAsStream(EXAMPLES)) {
            Map<?, ?> examples = (Map<?, ?>) JsonReader.read(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
            List<?> cases = (List<?>) examples.get(list);
            assertEquals(count, cases.size());
            return cases.stream();
        }
    }
}
