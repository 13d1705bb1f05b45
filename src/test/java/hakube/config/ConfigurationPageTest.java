package hakube.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hakube.testing.GeneratedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} and the files in {@code config/} say what the catalogue says. */
class ConfigurationPageTest {

    private static final Path PROPERTIES = Path.of("config/microprofile-config.properties");
    private static final Path LOGGING = Path.of("config/logging.properties");
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?m)^[\\s-]*((?:SUPERVISOR|SERVER|MANAGEMENT)_[A-Z0-9_]+)=");

    @Test
    void thePageIsTheCatalogue() throws IOException {
        GeneratedFile.check(Path.of("docs/configuration.md"), ConfigurationPage.page());
    }

    @Test
    void theExampleFileIsTheCatalogue() throws IOException {
        GeneratedFile.check(PROPERTIES, ConfigurationPage.properties());
    }

    @Test
    void asItIsTheExampleFileSetsNothing() {
        assertEquals(Set.of(), ConfigFolders.sources(PROPERTIES, "").getFirst().getPropertyNames());
    }

    @Test
    void withoutItsCommentSignsTheExampleFileSetsEverySettingToAnAllowedValue() throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(PROPERTIES).replaceAll("(?m)^#(?=[a-z0-9.]+=)", "")));

        assertEquals(names(Setting::property), new TreeSet<>(properties.stringPropertyNames()));
        // These are places, which are there on some machines only.
        Set<Setting<?>> places = Set.of(SupervisorVariables.SHARE, ClusterVariables.KUBECONFIG);
        for (Setting<?> setting : Catalogue.SETTINGS) {
            if (!places.contains(setting)) {
                setting.rule().reader().read(properties.getProperty(setting.property()));
            }
        }
    }

    @Test
    void theExampleOfLoggingSaysWhatIsBuiltIn() throws IOException {
        Properties builtIn = new Properties();
        try (InputStream resource = getClass().getResourceAsStream("/logging.properties")) {
            builtIn.load(resource);
        }
        Properties example = new Properties();
        try (InputStream file = Files.newInputStream(LOGGING)) {
            example.load(file);
        }

        assertEquals(builtIn, example);
    }

    @Test
    void manifestsSetOnlyWhatIsASetting() throws IOException {
        Set<String> settings = names(Setting::variable);
        Set<String> set = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("k8s"))) {
            for (Path file : files.filter(path -> path.toString().matches(".*\\.(env|yaml)"))
                    .toList()) {
                Matcher assignments = ASSIGNMENT.matcher(Files.readString(file));
                while (assignments.find()) {
                    set.add(assignments.group(1));
                }
            }
        }

        assertTrue(set.contains("SUPERVISOR_K8S_SHARED_PVC_CLAIM"), set::toString);
        set.removeAll(settings);
        assertEquals(Set.of(), set, "no settings");
    }

    /** Each sentence stands in a table, so it is one line, ends with a full stop and holds no bar. */
    @Test
    void everySettingSaysWhatItDoes() {
        for (Setting<?> setting : Catalogue.SETTINGS) {
            assertTrue(setting.effect().matches("[^|\n]+\\."), setting.variable());
            assertTrue(!setting.example().isEmpty(), setting.variable());
        }
        assertEquals(Catalogue.SETTINGS.size(), names(Setting::variable).size());
    }

    private static Set<String> names(Function<Setting<?>, String> name) {
        Set<String> names = new TreeSet<>();
        Catalogue.SETTINGS.forEach(setting -> names.add(name.apply(setting)));
        return names;
    }
}
