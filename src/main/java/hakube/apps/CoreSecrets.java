package hakube.apps;

import hakube.storage.Folders;
import hakube.store.ManifestReader;
import hakube.store.Unreadable;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Logger;

/**
 * Core's {@code secrets.yaml}, which options may name by {@code !secret <name>}. Read again as soon as the file changed; a
 * broken one is told once and leaves what was read before, as upstream does ({@code supervisor/homeassistant/secrets.py}).
 */
@Singleton
final class CoreSecrets {

    private static final Logger LOG = Logger.getLogger(CoreSecrets.class.getName());

    private final Path file;
    private volatile Known known = new Known(FileTime.fromMillis(0), -1, Map.of());

    @Inject
    CoreSecrets(Folders folders) {
        this.file = folders.of(Folders.HOME_ASSISTANT).resolve("secrets.yaml");
    }

    /** @param size -1 before the first reading */
    private record Known(FileTime changed, long size, Map<String, Object> secrets) {
        @Override
        public String toString() {
            return secrets.size() + " secrets";
        }
    }

    /** Scalars by name; empty when there is no plain file. */
    Map<String, Object> now() {
        Known before = known;
        try {
            // Apps can write here: a pipe would never end, and a link could lead anywhere on the claim.
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                return Map.of();
            }
            if (found.size() == before.size() && found.lastModifiedTime().equals(before.changed())) {
                return before.secrets();
            }
            Known after = new Known(found.lastModifiedTime(), found.size(), read(before.secrets()));
            known = after;
            return after.secrets();
        } catch (IOException e) {
            return Map.of();
        }
    }

    private Map<String, Object> read(Map<String, Object> otherwise) {
        try {
            Map<String, Object> secrets = new LinkedHashMap<>();
            if (ManifestReader.document(file) instanceof Map<?, ?> map) {
                map.forEach((name, value) -> {
                    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                        secrets.put(String.valueOf(name), value);
                    }
                });
            }
            return Map.copyOf(secrets);
        } catch (Unreadable e) {
            // The reason may quote the file.
            LOG.warning("Core's secrets.yaml cannot be read; secrets stay as they were");
            return otherwise;
        }
    }
}
