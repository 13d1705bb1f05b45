package hakube.backups;

import hakube.archive.Password;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A restore whose request was found good.
 *
 * @param file of the location that was chosen
 * @param password empty where the file is not protected
 * @param isFull what is not in the backup goes
 * @param core whether Core's configuration is wanted
 * @param apps full slugs, in their order
 * @param folders in upstream's words, in their order
 */
record RestorePlan(
        Backup backup,
        Path file,
        Optional<Password> password,
        boolean isFull,
        boolean core,
        List<String> apps,
        List<String> folders) {

    RestorePlan {
        apps = List.copyOf(apps);
        folders = List.copyOf(folders);
    }

    BackupMetadata metadata() {
        return backup.metadata();
    }

    /** How the archive calls a folder's part. */
    static String partOf(String folder) {
        return folder.replace('/', '_');
    }
}
