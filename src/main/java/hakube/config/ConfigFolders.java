package hakube.config;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;

/**
 * The sources below the environment: {@code config/microprofile-config.properties} in the working folder, and above it
 * the folders that {@code HAKUBE_CONFIG_DIR} names, as a ConfigMap or Secret is mounted: one file a setting, named by its
 * property or its variable.
 */
public final class ConfigFolders implements ConfigSourceProvider {

    private static final Path FILE = Path.of("config", "microprofile-config.properties");
    private static final int FILE_ORDINAL = 200;
    private static final int FOLDER_ORDINAL = 250;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader forClassLoader) {
        String folders = System.getenv().getOrDefault("HAKUBE_CONFIG_DIR", "");
        return sources(
                FILE,
                Rule.parts(folders, File.pathSeparator).stream().map(Path::of).toList());
    }

    static List<ConfigSource> sources(Path file, List<Path> folders) {
        List<ConfigSource> sources = new ArrayList<>();
        try {
            if (Files.exists(file)) {
                sources.add(new Source(file.toString(), properties(file), FILE_ORDINAL));
            }
            for (Path folder : folders) {
                sources.add(new Source(folder.toString(), files(folder), FOLDER_ORDINAL));
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new IllegalStateException("The configuration cannot be read: " + e, e);
        }
        return List.copyOf(sources);
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> put(values, name, properties.getProperty(name)));
        return values;
    }

    /** A mount has its files behind links, beside hidden folders that hold the real ones. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .forEach(file -> put(values, file.getFileName().toString(), text(file)));
        }
        return values;
    }

    private static void put(Map<String, String> values, String name, String value) {
        values.put(name, value);
        Catalogue.SETTINGS.stream()
                .filter(setting -> setting.variable().equals(name))
                .forEach(setting -> values.put(setting.property(), value));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Source(String name, Map<String, String> values, int ordinal) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return values.keySet();
        }

        @Override
        public String getValue(String propertyName) {
            return values.get(propertyName);
        }

        @Override
        public String getName() {
            return name;
        }

        @Override
        public int getOrdinal() {
            return ordinal;
        }
    }
}
