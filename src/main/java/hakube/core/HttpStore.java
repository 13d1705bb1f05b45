package hakube.core;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.logging.Logger;

/** Where Core keeps its own HTTP configuration (core: {@code components/http/config.py}, 2026.8 and later). */
final class HttpStore {

    private static final Logger LOG = Logger.getLogger(HttpStore.class.getName());
    private static final long LARGEST = 1L << 20;

    private HttpStore() {}

    /**
     * Whether Core has taken over what {@code configuration.yaml} says, and reads that no more. An older Core keeps a file of
     * the same name without that mark.
     *
     * @param home Core's configuration
     */
    static boolean isImported(Path home) {
        Path file = home.resolve(".storage/http");
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LARGEST) {
                return false;
            }
            try (InputStream stream = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
                    JsonReader reader = Json.createReader(stream)) {
                JsonObject data = reader.readObject().getJsonObject("data");
                return data != null && data.getBoolean("yaml_migration_done", false);
            }
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException | JsonException | ClassCastException e) {
            LOG.warning(() -> "Cannot read " + file + ": " + e.getMessage());
            return false;
        }
    }
}
