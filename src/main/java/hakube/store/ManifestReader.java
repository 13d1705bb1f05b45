package hakube.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads manifests; a hostile or broken one costs a reason, never an exception. */
public final class ManifestReader {

    /** The largest file that is read at all, 1 MiB. */
    static final long LARGEST = 1 << 20;

    private static final long RESERVED_FROM = 62000;
    private static final long RESERVED_TO = 65500;

    private ManifestReader() {}

    /** What became of one file. */
    public sealed interface Outcome {}

    /** @param warnings sentences about old spellings and the like, for whoever maintains the app */
    public record Valid(AppManifest manifest, List<String> warnings) implements Outcome {

        public Valid {
            warnings = List.copyOf(warnings);
        }
    }

    /** @param reason names the rule and, where there is one, the key */
    public record Invalid(String reason) implements Outcome {}

    /** Reads {@code config.yaml}, {@code config.yml} or {@code config.json}; one above 1 MiB is refused unread. */
    public static Outcome read(Path file) {
        try {
            Object value = document(file);
            return value instanceof Map<?, ?> map ? read(map) : new Invalid("App config must be a dictionary!");
        } catch (Unreadable e) {
            return new Invalid(e.getMessage());
        }
    }

    /** Validates what is read already, such as the copy that is kept of an installed app. */
    public static Outcome read(Map<?, ?> manifest) {
        try {
            Object name = manifest.get("name");
            if (name == null || name.equals("") || name.equals(false)) {
                return new Invalid("Invalid app config!");
            }
            ManifestMigration.Migrated migrated = ManifestMigration.of((Map<?, ?>) PlainValues.of(manifest));
            refuseReservedPorts(migrated.manifest());
            Map<String, Object> values = ManifestRules.check(migrated.manifest());
            return new Valid(ManifestRecord.of(values), migrated.warnings());
        } catch (Violation e) {
            return new Invalid(e.reason());
        } catch (IllegalArgumentException e) {
            return new Invalid(String.valueOf(e.getMessage()));
        }
    }

    /** A YAML or JSON file of at most 1 MiB as plain values; no symbolic link is followed. */
    public static Object document(Path file) throws Unreadable {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                throw new Unreadable("the file has " + size + " bytes, at most " + LARGEST + " are read");
            }
            byte[] bytes;
            try (var stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = stream.readNBytes((int) LARGEST + 1);
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
            return file.toString().endsWith(".json") ? JsonReader.read(plain) : YamlReader.read(plain);
        } catch (CharacterCodingException e) {
            throw new Unreadable("the file is not UTF-8");
        } catch (IOException e) {
            throw new Unreadable("the file cannot be read: " + e);
        }
    }

    /**
     * With {@code ingress_port: 0} the Supervisor chooses a port of a reserved range; were it published too, ingress could
     * be gone round.
     */
    private static void refuseReservedPorts(Map<Object, Object> manifest) throws Violation {
        boolean chosen = manifest.get("ingress") != null
                && !Boolean.FALSE.equals(manifest.get("ingress"))
                && Long.valueOf(0).equals(manifest.get("ingress_port"));
        if (!chosen || !(manifest.get("ports") instanceof Map<?, ?> ports)) {
            return;
        }
        for (Object key : ports.keySet()) {
            String port = PythonText.str(key).split("/", 2)[0];
            if (port.matches("[0-9]{1,9}")
                    && Long.parseLong(port) >= RESERVED_FROM
                    && Long.parseLong(port) <= RESERVED_TO) {
                throw new Violation("App '" + PythonText.str(manifest.get("name"))
                        + "' uses dynamic ingress port selection (ingress_port: 0) but maps port " + port
                        + " which is reserved for dynamic ingress ports (" + RESERVED_FROM + "-" + RESERVED_TO
                        + "). Please report this to the maintainer of the app.");
            }
        }
    }
}
