package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import hakube.api.Endpoint;
import hakube.api.ServedRoutes;
import hakube.testing.GeneratedFile;
import hakube.testing.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/compatibility.md} says what the resources serve and how that differs from upstream. */
class CompatibilityPageTest {

    @Test
    void thePageSaysWhatIsServed() throws IOException {
        GeneratedFile.check(
                Path.of("docs/compatibility.md"), new CompatibilityPage(differences(), Verdict.kept()).text());
    }

    /** All that the two repositories have which every installation knows, and no app that could run is refused. */
    @Test
    void ofTheOfficialAndTheCommunitysAppsThirtyEightRun() throws IOException {
        List<Verdict> apps = Verdict.kept().stream()
                .filter(app -> Set.of("home-assistant/addons", "hassio-addons/repository")
                        .contains(app.repository()))
                .toList();
        assertEquals(71, apps.size());
        assertEquals(38, PublishedApps.started(apps));
    }

    /** The list becomes shorter with each part that is built, and longer never: what was served once goes on to be. */
    @Test
    void whatIsNotBuiltYetIsKnown() {
        assertEquals(
                Set.of(),
                Endpoint.all().stream()
                        .filter(row -> !row.isRefused())
                        .flatMap(row -> row.v1().stream()
                                .filter(path -> !ServedRoutes.contains(row.method(), path))
                                .map(path -> row.method() + " " + path))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyDifferenceIsOneOfARouteThatCouldBeServed() throws IOException {
        Set<String> unknown = new TreeSet<>(differences().keySet());
        Endpoint.all().stream()
                .filter(row -> row.v1()
                        .filter(path -> !row.isRefused() || ServedRoutes.contains(row.method(), path))
                        .isPresent())
                .forEach(row -> unknown.remove(row.method() + " " + row.v1().orElseThrow()));

        assertEquals(Set.of(), unknown);
    }

    private static Map<String, String> differences() throws IOException {
        Map<String, String> differences = new TreeMap<>();
        try (InputStream table = Endpoint.class.getResourceAsStream("differences.tsv")) {
            new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1)))
                    .forEach(columns -> differences.put(columns.get(0) + " " + columns.get(1), columns.get(2)));
        }
        return differences;
    }
}
