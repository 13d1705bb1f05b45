package hakube.backups;

import hakube.storage.Folders;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where backups lie. A cluster mounts no network storage, so there are two places, both on the shared claim; in the order in which
 * one of them is taken when a request names none.
 */
enum BackupLocation {
    /** The backup folder. */
    LOCAL(".local", Folders.BACKUP),
    /** Core's transit area: what it carries to and from a cloud. Nobody else may use it. */
    CLOUD(".cloud_backup", "core/backup");

    private final String key;
    private final String folder;

    BackupLocation(String key, String folder) {
        this.key = key;
        this.folder = folder;
    }

    /** What a request calls it, where {@code null} and the empty text are the local one as well. */
    static Optional<BackupLocation> named(String name) {
        return Stream.of(values())
                .filter(location -> location.key.equals(name == null || name.isEmpty() ? LOCAL.key : name))
                .findFirst();
    }

    /** Its key in maps of answers. */
    String key() {
        return key;
    }

    /** Its name in answers: none for the local one. */
    Optional<String> wire() {
        return this == LOCAL ? Optional.empty() : Optional.of(key);
    }

    /** Sub-path of the claim. */
    String folder() {
        return folder;
    }
}
