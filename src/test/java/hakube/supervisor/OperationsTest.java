package hakube.supervisor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.access.Tokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** {@code docs/operations.md} explains the rights that are really granted, and links to what is there. */
class OperationsTest {

    private static final Path PAGE = Path.of("docs/operations.md");
    private static final Pattern RIGHT =
            Pattern.compile("(?m)^\\| ([a-z0-9.]+) \\| (`[^|]+`) \\| ([a-z ]+) \\| ([^|]+) \\|$");

    private static final Pattern NAME = Pattern.compile("`((?:docs|k8s|src|config)/[A-Za-z0-9_./-]+)`");

    private String page;

    @BeforeEach
    void readPage() throws IOException {
        page = Files.readString(PAGE);
    }

    @Test
    void everyRightIsExplainedAndNoOther() throws IOException {
        Map<String, String> granted = new TreeMap<>();
        Map<?, ?> role = (Map<?, ?>) load("k8s/base/role.yaml");
        ((List<?>) role.get("rules")).forEach(rule -> note(granted, (Map<?, ?>) rule));
        List<?> patches = (List<?>) load("k8s/overlays/public-gateway/gateway-rights.yaml");
        patches.forEach(patch -> note(granted, (Map<?, ?>) ((Map<?, ?>) patch).get("value")));
        Map<String, String> explained = new TreeMap<>();
        Matcher rights = RIGHT.matcher(page);
        while (rights.find()) {
            String group = rights.group(1).equals("core") ? "" : rights.group(1);
            for (String resource : rights.group(2).replace("`", "").split(", ", -1)) {
                explained.put(group + "/" + resource, rights.group(3));
            }
        }

        assertEquals(granted, explained);
    }

    @Test
    void everyFileThatIsNamedIsThere() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(PAGE));
        try (Stream<Path> decisions = Files.list(Path.of("docs/adr"))) {
            decisions.forEach(pages::add);
        }
        for (Path each : pages) {
            Matcher names = NAME.matcher(Files.readString(each));
            while (names.find()) {
                assertTrue(Files.exists(Path.of(names.group(1))), each + " names " + names.group(1));
            }
        }
    }

    @Test
    void theAdministratorsTokenIsWhereThePageSays() {
        assertTrue(page.contains("get secret " + Tokens.ADMINISTRATOR_SECRET + " -o jsonpath='{.data." + Tokens.KEY));
        assertTrue(page.contains("Secret `" + Tokens.CORE_SECRET + "`, key `" + Tokens.KEY + "`"));
    }

    @Test
    void decisionsAreNumberedOneAfterAnother() throws IOException {
        try (Stream<Path> decisions = Files.list(Path.of("docs/adr"))) {
            List<Path> sorted = decisions.sorted().toList();
            for (int i = 0; i < sorted.size(); i++) {
                String text = Files.readString(sorted.get(i));
                assertTrue(
                        sorted.get(i).getFileName().toString().startsWith("%04d-".formatted(i + 1)), sorted::toString);
                assertTrue(text.startsWith("# " + (i + 1) + ". "), sorted.get(i).toString());
                assertEquals(
                        List.of("## Context", "## Decision", "## Consequences", "## References"),
                        text.lines().filter(line -> line.startsWith("## ")).toList());
            }
        }
    }

    private static void note(Map<String, String> granted, Map<?, ?> rule) {
        for (String resource : words(rule, "resources")) {
            granted.put(words(rule, "apiGroups").getFirst() + "/" + resource, String.join(" ", words(rule, "verbs")));
        }
    }

    private static List<String> words(Map<?, ?> rule, String key) {
        return ((List<?>) rule.get(key)).stream().map(String.class::cast).toList();
    }

    private static Object load(String file) throws IOException {
        return new Load(LoadSettings.builder().build()).loadFromString(Files.readString(Path.of(file)));
    }
}
