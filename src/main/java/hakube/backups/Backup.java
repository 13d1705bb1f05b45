package hakube.backups;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A backup, and where it lies.
 *
 * @param files by location, at least one
 */
record Backup(BackupMetadata metadata, Map<BackupLocation, BackupFile> files) {

    Backup {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("A backup lies somewhere");
        }
        files = Collections.unmodifiableMap(new EnumMap<>(files));
    }

    String slug() {
        return metadata.slug();
    }

    /** The location that counts when none is named. */
    BackupLocation location() {
        return files.keySet().iterator().next();
    }

    /** Where clients are told that it is: Core's transit area only if it is nowhere else. */
    List<BackupLocation> locations() {
        return files.keySet().stream()
                .filter(location -> location != BackupLocation.CLOUD || files.size() == 1)
                .toList();
    }

    /** Whether the list of backups leaves it out. */
    boolean isHidden() {
        return location() == BackupLocation.CLOUD;
    }

    /** The file at its first location. */
    BackupFile file() {
        return files.get(location());
    }

    /** This one, with another file of it. */
    Backup with(BackupLocation location, BackupFile file) {
        Map<BackupLocation, BackupFile> all = new EnumMap<>(files);
        all.put(location, file);
        return new Backup(metadata, all);
    }

    /** This one after its file there is gone; empty when that was the last. */
    Optional<Backup> without(BackupLocation location) {
        Map<BackupLocation, BackupFile> rest = new EnumMap<>(files);
        rest.remove(location);
        return rest.isEmpty() ? Optional.empty() : Optional.of(new Backup(metadata, rest));
    }
}
