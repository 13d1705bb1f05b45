package hakube.config;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
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
 * property or its variable. Of several folders the first that has a setting wins.
 *
 * <p>A source that cannot be read ends the start at once: every setting of it would be reported as missing.
 */
public final class ConfigFolders implements ConfigSourceProvider {

    static final String VARIABLE = "HAKUBE_CONFIG_DIR";
    static final Path FILE = Path.of("config", "microprofile-config.properties");

    private static final int FILE_ORDINAL = 200;
    private static final int FOLDER_ORDINAL = 250;

    @Override
    public Iterable<ConfigSource> getConfigSources(ClassLoader forClassLoader) {
        return sources(FILE, System.getenv().getOrDefault(VARIABLE, ""));
    }

    /**
     * The file, if there is one, and the folders.
     *
     * @param folders parted by {@code :}
     * @throws IllegalStateException naming every source that cannot be read
     */
    static List<ConfigSource> sources(Path file, String folders) {
        List<ConfigSource> sources = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        if (Files.exists(file)) {
            try {
                sources.add(new Source(file.toString(), properties(file), FILE_ORDINAL));
            } catch (IOException | IllegalArgumentException e) {
                faults.add("%s: %s. Allowed: properties in UTF-8, `name=value`, one a line".formatted(file, reason(e)));
            }
        }
        List<String> names = Rule.parts(folders, File.pathSeparator);
        for (String name : names) {
            try {
                // Below the environment and above the file, however many there are.
                int ordinal = Math.max(FILE_ORDINAL + 1, FOLDER_ORDINAL - names.indexOf(name));
                sources.add(new Source(name, files(Path.of(name)), ordinal));
            } catch (IOException | InvalidPathException e) {
                faults.add(
                        "%s holds \"%s\": %s. Allowed: readable directories parted by `%s`, with one file of UTF-8 text a setting, for example %s=/etc/hakube"
                                .formatted(VARIABLE, name, reason(e), File.pathSeparator, VARIABLE));
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalStateException("The configuration cannot be read. Nothing was started or changed.\n  "
                    + String.join("\n  ", faults));
        }
        return List.copyOf(sources);
    }

    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return withProperties(values);
    }

    /** A mount has its files behind links, beside hidden folders that hold the real ones. */
    private static Map<String, String> files(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(folder)) {
            files = entries.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        }
        Map<String, String> values = new HashMap<>();
        for (Path file : files) {
            try {
                values.put(file.getFileName().toString(), Files.readString(file).strip());
            } catch (IOException e) {
                throw new IOException("its file %s: %s".formatted(file.getFileName(), reason(e)), e);
            }
        }
        return withProperties(values);
    }

    /** A value under the name of its variable counts for the property, unless that is there itself. */
    private static Map<String, String> withProperties(Map<String, String> values) {
        for (Setting<?> setting : Catalogue.SETTINGS) {
            String value = values.get(setting.variable());
            if (value != null) {
                values.putIfAbsent(setting.property(), value);
            }
        }
        return Map.copyOf(values);
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such directory";
            case NotDirectoryException _ -> "that is no directory";
            case CharacterCodingException _ -> "not UTF-8 text";
            case InvalidPathException _ -> "not a path";
            default -> String.valueOf(failure.getMessage());
        };
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
