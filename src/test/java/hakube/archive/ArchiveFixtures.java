package hakube.archive;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Archives made with upstream's own library, and what is in them ({@code index.json}). */
public final class ArchiveFixtures {

    public static final String FULL = "full-plain-gz.tar";

    private ArchiveFixtures() {}

    /** What the index says of those archives that are here; {@code valid} ones are complete backups. */
    public static List<JsonObject> all() {
        try (JsonReader reader = Json.createReader(open("index.json"))) {
            return reader.readObject().getJsonArray("files").getValuesAs(JsonObject.class).stream()
                    .filter(file -> ArchiveFixtures.class.getResource(path(file.getString("file"))) != null)
                    .toList();
        }
    }

    static List<JsonObject> vectors() {
        try (JsonReader reader = Json.createReader(open("vectors.json"))) {
            return reader.readObject().getJsonArray("vectors").getValuesAs(JsonObject.class);
        }
    }

    public static byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String name) {
        return ArchiveFixtures.class.getResourceAsStream(path(name));
    }

    private static String path(String name) {
        return "/hakube/backups/" + name;
    }
}
