package hakube.backups;

import hakube.archive.ArchiveFixtures;
import hakube.storage.Folders;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Archives made with upstream's own library, put where backups lie. */
final class Fixtures {

    static final String FULL = ArchiveFixtures.FULL;

    private Fixtures() {}

    /** What the index says of those archives that are here; {@code valid} ones are complete backups. */
    static List<JsonObject> all() {
        return ArchiveFixtures.all();
    }

    static byte[] bytes(String name) {
        return ArchiveFixtures.bytes(name);
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
}
