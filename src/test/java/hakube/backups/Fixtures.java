package hakube.backups;

import hakube.storage.Folders;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Archives made with upstream's own library, and what is in them ({@code index.json}). */
final class Fixtures {

    static final String FULL = "full-plain-gz.tar";

    private Fixtures() {}

    /** What the index says of those archives that are here; {@code valid} ones are complete backups. */
    static List<JsonObject> all() {
        try (JsonReader reader = Json.createReader(open("index.json"))) {
            return reader.readObject().getJsonArray("files").getValuesAs(JsonObject.class).stream()
                    .filter(file -> Fixtures.class.getResource(file.getString("file")) != null)
                    .toList();
        }
    }

    static byte[] bytes(String name) {
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies an archive into a folder, which is made where it is absent. */
    static Path copy(String name, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        return Files.write(target, bytes(name));
    }

    /** Makes an archive the only file in the folders of backups, in the local one. */
    static void putAlone(String name, Folders folders, String target) throws IOException {
        for (BackupLocation location : BackupLocation.values()) {
            Path folder = Files.createDirectories(folders.of(location.folder()));
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        copy(name, folders.of(BackupLocation.LOCAL.folder()).resolve(target));
    }

    private static InputStream open(String name) {
        return Fixtures.class.getResourceAsStream(name);
    }
}
